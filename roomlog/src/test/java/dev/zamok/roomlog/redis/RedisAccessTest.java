package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.process.FreePorts;
import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Recorder;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and users, with the rights that {@code conf/redis/redis.conf} gives and no others. */
class RedisAccessTest {
  private static final String PASSWORD = "open-sesame-4711";

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private RedisServer server;
  private Path certificate;
  private Path passwordFile;
  private Path key;
  private SSLContext tls;

  @BeforeEach
  void start() throws Exception {
    KeyStore keys = selfSigned("127.0.0.1");
    certificate = pem("CERTIFICATE", keys.getCertificate("a").getEncoded());
    key = pem("PRIVATE KEY", keys.getKey("a", "secret".toCharArray()).getEncoded());
    passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    HostPort at = HostPort.loopback(FreePorts.find(1).get(0));
    RedisConf conf =
        overTls(RedisConf.server(directory, at), at, key)
            .plus("user default off")
            .plus(userLine("redis.conf"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    RedisServer.Spec spec =
        new RedisServer.Spec("tls", directory, at, false, tls.getSocketFactory());
    server = RedisServer.start(SharedRedis.binary(), spec, conf);
  }

  private RedisConf overTls(RedisConf conf, HostPort at, Path key) {
    return conf.with("port", "0")
        .with("tls-port", Integer.toString(at.port()))
        .with("tls-cert-file", certificate.toString())
        .with("tls-key-file", key.toString())
        .with("tls-ca-cert-file", certificate.toString())
        .with("tls-auth-clients", "no");
  }

  /** As it stands in the file, commented out. */
  private static String userLine(String file) throws IOException {
    return Files.readAllLines(Path.of("../conf/redis/" + file)).stream()
        .filter(line -> line.startsWith("# user zamok "))
        .map(line -> line.substring(2).replace("CHANGE-ME", PASSWORD))
        .findFirst()
        .orElseThrow();
  }

  private KeyStore selfSigned(String address) throws Exception {
    Path store = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=redis",
                "-ext",
                "san=ip:" + address,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    return keys;
  }

  private Path pem(String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(label.replace(' ', '-') + ".pem"),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  @AfterEach
  void end() {
    await(vertx.close());
    server.close();
  }

  private RedisRoomLog open(Access access) {
    return await(RedisRoomLog.open(vertx, SharedRedis.standalone(server, "", access)));
  }

  /** One that does not wait long for what will not come. */
  private RedisRoomLog refused(Access access) {
    RedisLogConfig config = SharedRedis.standalone(server, "", access);
    RedisLogConfig.Bounds bounds = config.bounds();
    return await(
        RedisRoomLog.open(
            vertx,
            new RedisLogConfig(
                config.layout(),
                config.ack(),
                access,
                new RedisLogConfig.Bounds(
                    bounds.queuedEntriesMax(),
                    bounds.queuedBytesMax(),
                    bounds.backlogBytesMax(),
                    bounds.uncommittedMax(),
                    Duration.ofSeconds(1),
                    bounds.silenceMax()))));
  }

  @Test
  void aUserOfTheAccessListDoesEverythingOverTls() {
    Access access = Access.OPEN.as("zamok", passwordFile).over(certificate);
    assertThat(access.toString()).doesNotContain(PASSWORD);
    RedisRoomLog log = open(access);
    LogDriver d = new LogDriver(vertx, log);
    Recorder recorder = new Recorder(null);
    await(log.follow(room(1), recorder));
    d.create(room(1));
    Position said = d.say(room(1), "hello");
    recorder.awaitEntries(2);
    d.trim(room(1), said);
    assertThat(d.state(room(1)).floor()).isEqualTo(said);
    assertThat(await(log.health()).isHealthy()).isTrue();
    await(log.close());
  }

  @Test
  void sentinelsAreAskedOverTlsByTheSameUser() throws Exception {
    HostPort at = HostPort.loopback(FreePorts.find(1).get(0));
    Path home = directory.resolve("sentinel");
    RedisConf conf =
        overTls(RedisConf.sentinel(home, at, server.at(), 1), at, key)
            .plus("user default off")
            .plus(userLine("sentinel.conf"));
    RedisServer.Spec spec =
        new RedisServer.Spec("sentinel", home, at, true, tls.getSocketFactory());
    try (RedisServer sentinel = RedisServer.start(SharedRedis.binary(), spec, conf)) {
      RedisLogConfig standalone =
          SharedRedis.standalone(
              server, "", Access.OPEN.as("zamok", passwordFile).over(certificate));
      RedisLogConfig.Shard shard =
          new RedisLogConfig.Shard(
              "s",
              new RedisLogConfig.Source.Sentinels(
                  RedisConf.PRIMARY_NAME,
                  List.of(HostAndPort.create(sentinel.at().host(), sentinel.at().port()))),
              0);
      RedisRoomLog log =
          await(
              RedisRoomLog.open(
                  vertx,
                  new RedisLogConfig(
                      RedisLogConfig.Layout.of(shard),
                      standalone.ack(),
                      standalone.access(),
                      standalone.bounds())));
      int partition = log.partitionOf(room(1));
      await(log.claim(partition, LogDriver.TOKEN));
      await(log.restored(partition, LogDriver.TOKEN, await(log.restoring(partition))));
      await(log.openRoom(room(1), 0));
      await(log.close());
    }
  }

  /** Attacks: a wrong password; a server whose certificate nobody vouches for. */
  @Test
  void aWrongPasswordOrAnUnknownCertificateGetsNowhere() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong"), "guess");
    RedisRoomLog stranger = refused(Access.OPEN.as("zamok", wrong).over(certificate));
    Throwable refused = LogDriver.failure(stranger.state(room(1)));
    assertThat(refused).isInstanceOf(Unavailable.class);
    assertThat(refused.toString()).doesNotContain("guess");
    await(stranger.close());

    selfSignedElsewhere();
    RedisRoomLog mistrustful =
        refused(Access.OPEN.as("zamok", passwordFile).over(directory.resolve("CERTIFICATE.pem")));
    assertThat(LogDriver.failure(mistrustful.state(room(1)))).isInstanceOf(Unavailable.class);
    await(mistrustful.close());
  }

  private void selfSignedElsewhere() throws Exception {
    Files.delete(directory.resolve("keys.p12"));
    pem("CERTIFICATE", selfSigned("127.0.0.2").getCertificate("a").getEncoded());
  }
}

package dev.zamok.authority.store.cassandra;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.cassandra.CassandraRing;
import dev.zamok.cluster.cassandra.CassandraSettings;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that takes clients over TLS alone, and asks for a password. */
class CassandraTlsTest {
  private static final String PASSWORD = "keystore-secret";

  @TempDir Path directory;

  private Path keystore(String name, String address) throws Exception {
    Path store = directory.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "2",
        "-dname",
        "CN=cassandra",
        "-ext",
        "san=ip:" + address,
        "-alias",
        "node",
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    return store;
  }

  private Path certificate(Path keystore) throws Exception {
    Path pem = Path.of(keystore + ".pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "node",
        "-keystore",
        keystore.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        pem.toString());
    return pem;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Path output = directory.resolve("keytool.out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  private static CassandraConfig config(CassandraRing ring, String host, @Nullable Path trust) {
    int port = ring.contactPoints().get(0).getPort();
    return new CassandraConfig(
        List.of(new CassandraConfig.Contact(host, port)),
        CassandraSettings.DATA_CENTRE,
        new CassandraConfig.Keyspace("sealed", CassandraConfig.Strategy.NETWORK, 1),
        new CassandraConfig.Login("cassandra", TestRing.password("cassandra")),
        trust,
        TestRing.LIMITS);
  }

  @Test
  void theStoreIsReachedOverTlsByWhoeverTrustsTheNodeAndByNobodyElse() throws Exception {
    Path key = keystore("node", "127.0.0.1");
    Path trust = certificate(key);
    Path others = certificate(keystore("other", "127.0.0.1"));
    var engine = new CassandraSettings.Engine(320, true, new CassandraSettings.Tls(key, PASSWORD));
    Vertx vertx = Vertx.vertx();
    try (CassandraRing ring = CassandraRing.start(directory.resolve("ring"), 1, engine)) {
      CassandraConfig config = config(ring, "127.0.0.1", trust);
      await(CassandraSchema.migrate(vertx, config));
      CassandraStore store = await(CassandraStore.open(vertx, config));
      assertThat(await(store.isEmpty())).isTrue();
      await(store.close());

      for (CassandraConfig wrong :
          List.of(
              config(ring, "127.0.0.1", others),
              config(ring, "127.0.0.1", null),
              config(ring, "localhost", trust))) {
        assertThat(failure(CassandraStore.open(vertx, wrong)))
            .as(wrong.contacts() + ", trusting " + wrong.trust())
            .isInstanceOf(CassandraProblem.class)
            .hasMessageNotContaining(PASSWORD);
      }
    } finally {
      await(vertx.close());
    }
  }
}

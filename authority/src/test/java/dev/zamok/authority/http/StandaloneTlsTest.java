package dev.zamok.authority.http;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Await;
import dev.zamok.authority.Node;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority of its own, without a proxy, ends TLS itself. */
class StandaloneTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  @Test
  void aClientThatTrustsTheCertificateIsServedAndPlainTextIsNot() throws Exception {
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    makePem(certificate, key);
    HttpConfig.Tls tls = new HttpConfig.Tls(certificate, key);
    HttpConfig config = new HttpConfig("127.0.0.1", 0, false, tls, HttpConfig.ANSWER_TIME_MAX);
    try (Node node = new Node(directory.resolve("node")).with(config).start()) {
      WebClientOptions options =
          new WebClientOptions()
              .setSsl(true)
              .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()))
              .setDefaultHost("localhost")
              .setDefaultPort(node.authority().port());
      WebClient client = WebClient.create(node.vertx, options);
      HttpResponse<Buffer> response = await(client.get("/livez").send());
      assertThat(response.statusCode()).isEqualTo(204);
      client.close();
      assertThat(Await.failure(node.client().get("/livez").send())).isNotNull();
    }
  }

  /** By the tool that comes with every JDK. */
  private void makePem(Path certificate, Path key) throws Exception {
    Path store = directory.resolve("made.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "made",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD);
    }
    write(certificate, "CERTIFICATE", made.getCertificate("made").getEncoded());
    write(key, "PRIVATE KEY", made.getKey("made", PASSWORD).getEncoded());
  }

  private static void write(Path file, String kind, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}

package dev.zamok.authority.http;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Await;
import dev.zamok.authority.Node;
import dev.zamok.authority.TestPem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority of its own, without a proxy, ends TLS itself. */
class StandaloneTlsTest {
  @TempDir Path directory;

  @Test
  void aClientThatTrustsTheCertificateIsServedAndPlainTextIsNot() {
    TestPem pem = TestPem.make(directory);
    HttpConfig.Tls tls = new HttpConfig.Tls(pem.certificate(), pem.key());
    HttpConfig config = new HttpConfig("127.0.0.1", 0, false, tls, HttpConfig.ANSWER_TIME_MAX);
    try (Node node = new Node(directory.resolve("node")).with(config).start()) {
      WebClientOptions options =
          new WebClientOptions()
              .setSsl(true)
              .setTrustOptions(new PemTrustOptions().addCertPath(pem.certificate().toString()))
              .setDefaultHost("localhost")
              .setDefaultPort(node.authority().port());
      WebClient client = WebClient.create(node.vertx, options);
      HttpResponse<Buffer> response = await(client.get("/livez").send());
      assertThat(response.statusCode()).isEqualTo(204);
      client.close();
      assertThat(Await.failure(node.client().get("/livez").send())).isNotNull();
    }
  }
}

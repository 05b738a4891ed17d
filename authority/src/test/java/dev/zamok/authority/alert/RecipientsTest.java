package dev.zamok.authority.alert;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.Await;
import dev.zamok.authority.TestPem;
import dev.zamok.authority.mail.TestMailServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts as the servers get them that pass them on to people. */
class RecipientsTest {
  private static final Alert LOST = new Alert("hub-lost", "hub-1", "nothing is heard", true, 7);
  private static final Alert BACK = new Alert("hub-lost", "hub-1", "nothing is heard", false, 8);

  private static TestPem pem;

  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void makeCertificate(@TempDir Path place) {
    pem = TestPem.make(place);
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private AlertSink only(Recipients recipients) {
    assertThat(recipients.toString()).doesNotContain("token").doesNotContain("secret");
    List<AlertSink> sinks = recipients.sinks(vertx);
    assertThat(sinks).hasSize(1);
    return sinks.get(0);
  }

  private int webhookServer(int status, List<JsonObject> got) {
    PemKeyCertOptions identity =
        new PemKeyCertOptions()
            .addCertPath(pem.certificate().toString())
            .addKeyPath(pem.key().toString());
    return await(
            vertx
                .createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(identity))
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  got.add(body.toJsonObject());
                                  request.response().setStatusCode(status).end();
                                }))
                .listen(0, "localhost"))
        .actualPort();
  }

  private Recipients webhook(int port, boolean trusted) {
    URI address = URI.create("https://localhost:" + port + "/hook?token=secret");
    return new Recipients(List.of(address), null, trusted ? pem.certificate() : null);
  }

  @Test
  void aWebhookGetsTheAlertAndTheAllClearAsJson() {
    List<JsonObject> got = new CopyOnWriteArrayList<>();
    AlertSink sink = only(webhook(webhookServer(204, got), true));
    await(sink.send(LOST));
    await(sink.send(BACK));
    assertThat(got).containsExactly(LOST.json(), BACK.json());
    assertThat(got.get(0).getString("state")).isEqualTo("raised");
    assertThat(got.get(1).getString("state")).isEqualTo("cleared");
    await(sink.close());
  }

  @Test
  void aWebhookThatRefusesCountsAsNotTold() {
    List<JsonObject> got = new CopyOnWriteArrayList<>();
    AlertSink sink = only(webhook(webhookServer(500, got), true));
    assertThat(Await.failure(sink.send(LOST))).hasMessage("status 500");
    assertThat(got).hasSize(1);
  }

  @Test
  void aWebhookWithAStrangersCertificateGetsNothing() {
    List<JsonObject> got = new CopyOnWriteArrayList<>();
    AlertSink sink = only(webhook(webhookServer(204, got), false));
    assertThat(Await.failure(sink.send(LOST))).isNotNull();
    assertThat(got).isEmpty();
  }

  @Test
  void aWebhookWithoutTlsIsRefused() {
    Recipients plain = new Recipients(List.of(URI.create("http://localhost/hook")), null, null);
    assertThatThrownBy(() -> plain.sinks(vertx)).hasMessage("a webhook must be https");
  }

  private Recipients letters(TestMailServer server, boolean tls) {
    MailSink.Mail mail =
        new MailSink.Mail(
            server.reached(pem, tls), "zamok@example.org", List.of("admin@example.org"));
    return new Recipients(List.of(), mail, null);
  }

  @Test
  void aLetterIsSentOverTlsAfterTheLogin() {
    TestMailServer server = new TestMailServer(vertx, pem, true);
    AlertSink sink = only(letters(server, true));
    await(sink.send(LOST));
    String login =
        Base64.getEncoder().encodeToString("\0zamok\0a secret".getBytes(StandardCharsets.UTF_8));
    assertThat(server.lines())
        .contains(
            "AUTH PLAIN " + login,
            "MAIL FROM:<zamok@example.org>",
            "RCPT TO:<admin@example.org>",
            "Subject: Zamok: hub-lost",
            "ALERT hub-lost hub-1: nothing is heard");
    await(sink.close());
  }

  /** Attack: somebody between us and the mail server hides that it speaks TLS. */
  @Test
  void aMailServerWithoutTlsGetsNeitherLetterNorPassword() {
    TestMailServer server = new TestMailServer(vertx, pem, false);
    AlertSink sink = only(letters(server, false));
    Future<Void> sent = sink.send(LOST);
    assertThat(Await.failure(sent)).isNotNull();
    assertThat(server.lines())
        .noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
  }
}

package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.hub.endpoint.EndpointConfig;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The opening handshake, RFC 6455 §4.2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeTest {
  private static final String GOOD = RawClient.upgrade("/hub");

  private final HubFixture fixture =
      new HubFixture(
          config ->
              config.withEndpoint(
                  EndpointConfig.of("127.0.0.1", 0, TestTls.get())
                      .withOrigins(Set.of("https://chat.example.org"))));

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  private int status(String request) throws Exception {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      return client.statusOf(request);
    }
  }

  @Test
  void theAnswerIsTheOneOfTheStandardsExample() throws Exception {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      client.write(GOOD);
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
          .contains("\r\nSec-WebSocket-Protocol: zamok.v1\r\n")
          .doesNotContain("Extensions");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "405 | GET | POST",
        "400 | HTTP/1.1 | HTTP/1.0",
        "400 | Host: localhost | X-Host: localhost",
        "400 | Host: localhost | Host: localhost!Host: other",
        "400 | Host: localhost | Host: localhost!Content-Length: 5",
        "400 | Host: localhost | Host: localhost!Transfer-Encoding: chunked",
        "426 | Upgrade: websocket | Upgrade: h2c",
        "426 | Connection: Upgrade | Connection: close",
        "426 | Version: 13 | Version: 8",
        "426 | Version: 13 | Version: 13!Sec-WebSocket-Version: 13",
        "400 | dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25j",
        "400 | dGhlIHNhbXBsZSBub25jZQ== | !!!!!!!!!!!!!!!!!!!!!!==",
        "400 | zamok.v1 | zamok.v2",
        "400 | Sec-WebSocket-Protocol: zamok.v1 | X-Nothing: 1",
        "403 | Host: localhost | Host: localhost!Origin: https://evil.example.org",
        "403 | Host: localhost | Host: localhost!Origin: null",
        "404 | /hub | /other",
        "404 | /hub | /hub2",
        "400 | /hub | https://localhost/hub",
        "400 | GET /hub | PRI *",
      })
  void anUpgradeThatBreaksARuleIsRefused(int status, String good, String bad) throws Exception {
    String request = GOOD.replace(good, bad.replace("!", "\r\n"));
    assertThat(request).isNotEqualTo(GOOD);
    assertThat(status(request)).isEqualTo(status);
  }

  @Test
  void aListedOriginAndOtherProtocolsBesideOursAreTaken() throws Exception {
    assertThat(status(GOOD.replace("zamok.v1", "zamok.v9, zamok.v1"))).isEqualTo(101);
    String withOrigin = RawClient.upgrade("/hub?x=1", "Origin: https://chat.example.org\r\n");
    assertThat(status(withOrigin)).isEqualTo(101);
    assertThat(status(GOOD.replace("Connection: Upgrade", "Connection: keep-alive, upgrade")))
        .isEqualTo(101);
  }

  @Test
  void aRefusalToUpgradeNamesTheVersion() throws Exception {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      client.write(GOOD.replace("Version: 13", "Version: 7"));
      assertThat(client.readHead()).contains("\r\nSec-WebSocket-Version: 13\r\n");
    }
  }

  @Test
  void anEndlessRequestLineIsRefused() throws Exception {
    assertThat(status("GET /hub?" + "x".repeat(2_000) + " HTTP/1.1\r\n\r\n")).isEqualTo(414);
  }

  @Test
  void endlessHeadersAreRefused() throws Exception {
    assertThat(status(RawClient.upgrade("/hub", "X-Long: " + "x".repeat(5_000) + "\r\n")))
        .isEqualTo(431);
  }

  @Test
  void tlsIsSpokenInItsNewVersionsOnlyAndWithoutHttp2() throws Exception {
    int port = fixture.hub.port();
    assertThat(RawClient.protocols(port, "TLSv1.3", "h2", "http/1.1"))
        .isEqualTo("TLSv1.3 http/1.1");
    assertThat(RawClient.protocols(port, "TLSv1.2", "h2")).isEqualTo("TLSv1.2 ");
    assertThatThrownBy(() -> RawClient.protocols(port, "TLSv1.1"))
        .isInstanceOf(javax.net.ssl.SSLException.class);
  }

  @Test
  void rubbishIsRefused() throws Exception {
    assertThat(status("\0\1\2\3 \u00ff\r\n\r\n")).isEqualTo(400);
  }

  @Test
  void whoDoesNotFinishHisRequestIsCutOff() throws Exception {
    try (RawClient client = new RawClient(fixture.hub.port())) {
      client.write("GET /hub HTTP/1.1\r\n");
      fixture.advance(java.time.Duration.ofSeconds(11));
      assertThat(client.in.read()).isEqualTo(-1);
    }
  }
}

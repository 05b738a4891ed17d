package dev.zamok.client.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.trust.CertificatePin;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.RoomId;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP client and its trust, over real TLS against a server of the platform. */
class HttpAuthorityTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private record Reply(int status, String body) {}

  @TempDir static Path temporary;
  private static HttpsServer server;
  private static URI address;
  private static final AtomicReference<Reply> REPLY = new AtomicReference<>();
  private static final AtomicReference<String> REQUEST = new AtomicReference<>("");

  @BeforeAll
  static void start() throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(selfSigned(temporary.resolve("server.p12")), PASSWORD);
    tls.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          REQUEST.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          byte[] answer = REPLY.get().body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              REPLY.get().status(), answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    address = URI.create("https://localhost:" + server.getAddress().getPort());
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static KeyStore selfSigned(Path file) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=elsewhere.test",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static AuthorityApi authority(ServerTrust trust) {
    HttpClient http = HttpClient.newBuilder().sslContext(trust.context(new SecureRandom())).build();
    return new HttpAuthority(
        new HttpExchange(http, address, Runnable::run, Duration.ofSeconds(60)));
  }

  private static AuthorityApi pinned() {
    CertificatePin shown = CertificatePin.shownBy(address, Duration.ofSeconds(60));
    return authority(ServerTrust.pinned(shown.display()));
  }

  private static Kind failure(CompletableFuture<?> future) {
    return ClientProblem.in(catchThrowable(future::join)).kind();
  }

  private static String problem(String name) {
    return "{\"type\":\"urn:zamok:problem:" + name + "\",\"title\":\"no\",\"status\":400}";
  }

  @Test
  void thePinnedCertificateIsEnoughWhateverItsName() {
    REPLY.set(
        new Reply(
            200,
            "{\"api\":\"v1\",\"hub\":\"/hub\",\"controlKeys\":[],\"timeMillis\":1,"
                + "\"limits\":{\"requestBytesMax\":1,\"roomsPerTicketMax\":512,"
                + "\"membersPerRoomMax\":3}}"));

    assertThat(pinned().about().join().hub()).isEqualTo("/hub");
  }

  @Test
  void anotherCertificateIsRefusedBeforeAnythingIsSent() {
    REQUEST.set("nothing");
    AuthorityApi wrong = authority(ServerTrust.pinned("00".repeat(32)));

    assertThat(failure(wrong.about())).isEqualTo(Kind.SERVER_UNTRUSTED);
    assertThat(REQUEST.get()).isEqualTo("nothing");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    assertThat(failure(authority(ServerTrust.system()).about())).isEqualTo(Kind.SERVER_UNTRUSTED);
  }

  @Test
  void aWrongLoginAndAnEndedSessionAreToldApart() {
    AuthorityApi api = pinned();
    REPLY.set(new Reply(401, problem("login-failed")));
    assertThat(failure(api.login("ada", "password", new DeviceId(1), "")))
        .isEqualTo(Kind.WRONG_PASSWORD);
    assertThat(failure(api.session("token").changePassword("old", "new")))
        .isEqualTo(Kind.WRONG_PASSWORD);
    REPLY.set(new Reply(401, problem("unauthenticated")));
    assertThat(failure(api.session("token").rooms())).isEqualTo(Kind.LOGGED_OUT);
  }

  @Test
  void refusalsKeepTheirStableName() {
    REPLY.set(new Reply(409, problem("chain-conflict")));
    Throwable failure =
        catchThrowable(
            () ->
                pinned()
                    .session("token")
                    .extend(
                        new RoomId(2L << 56, 1),
                        new SessionApi.Extension(java.util.List.of(), java.util.List.of(), null))
                    .join());

    assertThat(ClientProblem.isRefusal(failure, "chain-conflict")).isTrue();
    assertThat(REQUEST.get()).startsWith("POST /v1/rooms/").contains("/statements");
  }

  @Test
  void anUnknownOutcomeIsSaidToBeOne() {
    REPLY.set(new Reply(503, problem("outcome-unknown")));
    Throwable failure =
        catchThrowable(() -> pinned().session("token").createChannel("a", true).join());

    assertThat(ClientProblem.in(failure).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(ClientProblem.in(failure).outcomeUnknown()).isTrue();
  }

  @Test
  void answersThatBreakTheContractAreRefused() {
    String[] answers = {
      "",
      "[]",
      "{\"rooms\":3}",
      "{\"rooms\":[{}]}",
      "{\"rooms\":[],\"rooms\":[]}",
      "{\"rooms\":[]} {}",
      "{\"rooms\":[{\"room\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"kind\":\"channel\"}]}"
    };
    SessionApi session = pinned().session("token");
    for (String answer : answers) {
      REPLY.set(new Reply(200, answer));
      assertThat(failure(session.rooms())).as(answer).isEqualTo(Kind.TAMPERED);
    }
  }

  @Test
  void whatAServerSaysCannotWriteToTheTerminal() {
    REPLY.set(new Reply(400, "{\"type\":\"x\",\"title\":\"a\\u001b[2Jb\\nc\",\"status\":400}"));
    Throwable failure = catchThrowable(() -> pinned().session("token").rooms().join());

    assertThat(ClientProblem.in(failure).getMessage()).isEqualTo("a [2Jb c");
  }
}

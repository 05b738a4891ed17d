package dev.zamok.load.traffic;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.HttpExchange;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.protocol.DeviceId;
import java.net.http.HttpClient;
import java.security.SecureRandom;

/** The servers without the client library around them. Blocks. */
final class RawSession {
  private final HttpClient http;
  private final SessionApi api;

  /** Logs in anew. */
  RawSession(Login login) {
    SecureRandom random = new SecureRandom();
    http =
        HttpClient.newBuilder()
            .sslContext(ServerTrust.pinned(login.fingerprint()).context(random))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    HttpAuthority authority =
        new HttpAuthority(new HttpExchange(http, login.server(), Runnable::run, Member.ANSWER_MAX));
    Answers.NewSession session =
        Waiting.get(
            authority.login(login.name(), login.password(), DeviceId.random(random), "audit"),
            Member.ANSWER_MAX);
    api = authority.session(session.token());
  }

  SessionApi api() {
    return api;
  }

  /** Trusts the servers. */
  HttpClient http() {
    return http;
  }
}

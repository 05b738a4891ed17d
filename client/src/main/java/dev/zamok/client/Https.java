package dev.zamok.client;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.trust.ServerTrust;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** How a client speaks HTTP: TLS 1.2 and later, no redirects, HTTP/1.1. */
record Https(SSLContext tls, Executor executor, Duration connectTimeout) {
  /** One with connections of its own. */
  HttpClient client() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return HttpClient.newBuilder()
        .sslContext(tls)
        .sslParameters(parameters)
        .executor(executor)
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .build();
  }

  /** Closes the profile when it is to name the server and does not: {@code SERVER_UNTRUSTED}. */
  static SSLContext trusting(ServerTrust trust, Profile profile, SecureRandom random) {
    if (!trust.isFromProfile()) {
      return trust.context(random);
    }
    String pin =
        profile
            .serverPin()
            .orElseThrow(
                () -> {
                  profile.close();
                  return ClientProblem.of(
                      Kind.SERVER_UNTRUSTED, "the profile holds no pin of the server");
                });
    return ServerTrust.pinned(pin).context(random);
  }
}

package dev.zamok.authority.http;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the authority listens.
 *
 * @param host an address of this machine; behind the hub or another proxy a loopback one
 * @param port 0 takes a free one
 * @param proxyProtocol every connection starts with a PROXY protocol header that names the real
 *     client; only behind a proxy, for anyone else could name any address
 * @param tls null when the proxy ends TLS
 * @param answerTimeMax after it an operation is answered as one whose outcome is unknown
 */
public record HttpConfig(
    String host, int port, boolean proxyProtocol, @Nullable Tls tls, Duration answerTimeMax) {
  /** Of a request's body. */
  public static final int REQUEST_BYTES_MAX = 1 << 20;

  public static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);

  /** PEM files. */
  public record Tls(Path certificate, Path key) {}

  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("http.port " + port);
    }
    if (answerTimeMax.isNegative() || answerTimeMax.isZero()) {
      throw new IllegalArgumentException("http.answerTimeMax " + answerTimeMax);
    }
  }

  /** On loopback, a free port, behind a proxy that speaks the PROXY protocol. */
  public static HttpConfig behindProxy() {
    return new HttpConfig("127.0.0.1", 0, true, null, ANSWER_TIME_MAX);
  }

  /** On loopback, a free port, nothing in front: for tests and development. */
  public static HttpConfig plain() {
    return new HttpConfig("127.0.0.1", 0, false, null, ANSWER_TIME_MAX);
  }
}

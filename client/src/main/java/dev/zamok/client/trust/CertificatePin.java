package dev.zamok.client.trust;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** The SHA-256 of a server's leaf certificate (DER). */
public record CertificatePin(Bytes sha256) {
  private static final int SIZE = 32;

  public CertificatePin {
    if (sha256.size() != SIZE) {
      throw new IllegalArgumentException("a SHA-256 fingerprint has 64 hexadecimal digits");
    }
  }

  /** Fails with {@link IllegalArgumentException}. */
  public static CertificatePin parse(String text) {
    return new CertificatePin(Bytes.fromHex(text.replaceAll("[: ]", "").toLowerCase(Locale.ROOT)));
  }

  static CertificatePin of(X509Certificate leaf) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return new CertificatePin(Bytes.wrap(digest.digest(leaf.getEncoded())));
  }

  /**
   * What the server shows now, trusted by nothing: for a user to compare before it is pinned. Sends
   * nothing but the handshake. Blocks for at most twice {@code timeout}: call it off the loop.
   *
   * <p>Fails with {@code UNAVAILABLE}.
   */
  public static CertificatePin shownBy(URI server, Duration timeout) {
    int port = server.getPort() < 0 ? 443 : server.getPort();
    int millis = Math.toIntExact(timeout.toMillis());
    try (Socket socket = new Socket()) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyLeaf()}, new SecureRandom());
      socket.connect(new InetSocketAddress(server.getHost(), port), millis);
      socket.setSoTimeout(millis);
      try (SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, server.getHost(), port, true)) {
        tls.startHandshake();
        Certificate leaf = tls.getSession().getPeerCertificates()[0];
        return of((X509Certificate) leaf);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw ClientProblem.of(Kind.UNAVAILABLE, "the server cannot be reached");
    }
  }

  /** Groups of two hexadecimal digits with colons, as browsers show it. */
  public String display() {
    return sha256.toHex().toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");
  }

  @Override
  public String toString() {
    return sha256.toHex();
  }
}

package dev.zamok.app.tls;

import dev.zamok.app.UserError;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;

/** Trust in the certificates of a PEM file, and in nothing else. */
public final class PemTrust {
  private PemTrust() {}

  /** Sockets that speak TLS to whom {@code pem} vouches for; fails with {@link UserError}. */
  public static SocketFactory sockets(Path pem) {
    try {
      SslContextBuilder trusting =
          SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(pem.toFile());
      return ((JdkSslContext) trusting.build()).context().getSocketFactory();
    } catch (IllegalArgumentException | SSLException e) {
      throw new UserError("no certificates can be read from " + pem);
    }
  }
}

package dev.zamok.load.bench.server;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;

/** The generator's side of TLS: version 1.3 and one cipher, so that both servers do the same. */
final class Trust {
  private Trust() {}

  static SslContext of(Path certificate) {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
          .trustManager(certificate.toFile())
          .endpointIdentificationAlgorithm("")
          .protocols("TLSv1.3")
          .ciphers(List.of("TLS_AES_128_GCM_SHA256"))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }
}

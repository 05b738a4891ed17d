package dev.zamok.client.trust;

import java.security.cert.X509Certificate;

/**
 * Accepts any server certificate. Only {@link CertificatePin#shownBy} may use it: it looks at the
 * certificate and sends nothing.
 */
final class AnyLeaf extends ServersOnly {
  @Override
  void check(X509Certificate[] chain) {}
}

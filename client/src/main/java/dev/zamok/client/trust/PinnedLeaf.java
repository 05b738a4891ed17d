package dev.zamok.client.trust;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * Accepts one leaf certificate and nothing else: the pin says more than a name could. The handshake
 * proves possession of the leaf's key as ever.
 */
final class PinnedLeaf extends ServersOnly {
  private final CertificatePin pin;

  PinnedLeaf(CertificatePin pin) {
    this.pin = pin;
  }

  @Override
  void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    try {
      byte[] shown = CertificatePin.of(chain[0]).sha256().toByteArray();
      if (!MessageDigest.isEqual(shown, pin.sha256().toByteArray())) {
        throw new CertificateException("not the pinned certificate");
      }
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateException("certificate cannot be read", e);
    }
  }
}

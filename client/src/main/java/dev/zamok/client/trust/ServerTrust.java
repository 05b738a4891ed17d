package dev.zamok.client.trust;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** By what a client knows that it talks to the right server. TLS 1.2 or later in every case. */
public final class ServerTrust {
  private final TrustManager @Nullable [] managers;
  private final boolean fromProfile;

  private ServerTrust(TrustManager @Nullable [] managers, boolean fromProfile) {
    this.managers = managers;
    this.fromProfile = fromProfile;
  }

  /** The certificate authorities of the platform, and the name in the certificate. */
  public static ServerTrust system() {
    return new ServerTrust(null, false);
  }

  /**
   * Exactly the leaf certificate with this SHA-256 fingerprint, whatever name it carries.
   *
   * @param sha256 64 hexadecimal digits; colons and spaces between them are passed over
   */
  public static ServerTrust pinned(String sha256) {
    return new ServerTrust(
        new TrustManager[] {new PinnedLeaf(CertificatePin.parse(sha256))}, false);
  }

  /**
   * The pin in the profile, where {@code ZamokClient.pinServer} put it; without one nothing is
   * trusted.
   */
  public static ServerTrust pinnedInProfile() {
    return new ServerTrust(null, true);
  }

  /**
   * The certificates of a PEM file as the only authorities; the name is checked. Fails with {@code
   * SERVER_UNTRUSTED} when it holds none.
   */
  public static ServerTrust pem(Path file) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("authority-" + count, certificate);
        count++;
      }
      if (count == 0) {
        throw ClientProblem.of(Kind.SERVER_UNTRUSTED, "the file holds no certificate");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return new ServerTrust(factory.getTrustManagers(), false);
    } catch (IOException | GeneralSecurityException e) {
      throw ClientProblem.of(Kind.SERVER_UNTRUSTED, "the certificate file cannot be read");
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(file);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }

  public boolean isFromProfile() {
    return fromProfile;
  }

  /** Fails with {@link IllegalStateException} when this stands for the pin of a profile. */
  public SSLContext context(SecureRandom random) {
    if (fromProfile) {
      throw new IllegalStateException("look the pin up first");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, random);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }
}

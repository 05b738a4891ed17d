package dev.zamok.app.tls;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * The certificate that the server shows, as two PEM files.
 *
 * @param fingerprint SHA-256 of the certificate, lower-case hexadecimal
 * @param isNew it was made just now
 */
public record ServerCertificate(Path certificate, Path key, String fingerprint, boolean isNew) {

  /** The one the administrator gave. Fails with {@link UserError} when it cannot be used. */
  public static ServerCertificate given(Path certificate, Path key, Clock clock) {
    if (!Files.isReadable(key)) {
      throw new UserError(
          "cannot read the TLS key " + key + ": name the PEM file of the private key");
    }
    return new ServerCertificate(certificate, key, fingerprint(certificate, clock), false);
  }

  /** The self-signed one in {@code directory}; made when there is none yet. */
  public static ServerCertificate selfSigned(
      Path directory, List<String> hosts, Clock clock, SecureRandom random) {
    Path certificate = directory.resolve("tls.certificate.pem");
    Path key = directory.resolve("tls.key.pem");
    boolean isNew = !Files.exists(certificate);
    if (isNew) {
      OwnerOnly.directory(directory);
      SelfSigned made = SelfSigned.make(hosts, clock.instant(), random);
      OwnerOnly.newFile(key, made.keyPem().getBytes(StandardCharsets.US_ASCII));
      OwnerOnly.newFile(certificate, made.certificatePem().getBytes(StandardCharsets.US_ASCII));
    }
    return new ServerCertificate(certificate, key, fingerprint(certificate, clock), isNew);
  }

  /** When it ends, as the file is now. Blocks; fails with {@link UserError}. */
  public Instant expiresAt() {
    try {
      return leaf(certificate).getNotAfter().toInstant();
    } catch (IOException | CertificateException | ClassCastException e) {
      throw new UserError("cannot read the TLS certificate " + certificate);
    }
  }

  private static X509Certificate leaf(Path certificate) throws IOException, CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
  }

  private static String fingerprint(Path certificate, Clock clock) {
    try {
      X509Certificate leaf = leaf(certificate);
      if (leaf.getNotAfter().toInstant().isBefore(clock.instant())) {
        throw new UserError(
            "the TLS certificate "
                + certificate
                + " has expired: renew it, or move it and its key away"
                + " to have a new self-signed one made");
      }
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()));
    } catch (IOException e) {
      throw new UserError("cannot read the TLS certificate " + certificate);
    } catch (CertificateException | ClassCastException e) {
      throw new UserError(certificate + " is not a PEM certificate");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

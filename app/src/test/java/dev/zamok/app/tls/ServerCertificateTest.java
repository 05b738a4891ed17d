package dev.zamok.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
  private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");

  @TempDir Path directory;

  @Test
  void isMadeOnceAndKept() {
    ServerCertificate first = make(Clock.systemUTC());
    ServerCertificate second = make(Clock.systemUTC());
    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).hasSize(64);
  }

  @Test
  void namesItsHostsAndSignsItself() throws Exception {
    ServerCertificate made = make(Clock.systemUTC());
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(Files.readAllBytes(made.certificate())));
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getBasicConstraints()).as("not a CA").isEqualTo(-1);
  }

  @Test
  void itsKeyIsForTheOwnerOnly() throws Exception {
    ServerCertificate made = make(Clock.systemUTC());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
        .isEqualTo("rw-------");
  }

  @Test
  void anExpiredOneIsRefusedAndLeftThere() throws Exception {
    ServerCertificate made = make(Clock.systemUTC());
    byte[] before = Files.readAllBytes(made.certificate());
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(900));
    assertThatThrownBy(() -> make(later))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expired");
    assertThat(Files.readAllBytes(made.certificate())).isEqualTo(before);
  }

  @Test
  void whatIsNoCertificateIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("c.pem"), "hello");
    assertThatThrownBy(() -> ServerCertificate.given(file, file, Clock.systemUTC()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not a PEM certificate");
  }

  private ServerCertificate make(Clock clock) {
    return ServerCertificate.selfSigned(
        directory.resolve("keys"), HOSTS, clock, new SecureRandom());
  }
}

package dev.zamok.secrets.imports;

import static dev.zamok.secrets.Files.sample;
import static dev.zamok.secrets.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.secrets.SeededRandom;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.sealed.SealedSafe;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportersTest {
  @Test
  void filesAreKnownByTheirFirstBytes() {
    assertThat(Importers.guess(sample("bitwarden.json"))).isEqualTo(ImportFormat.BITWARDEN);
    assertThat(Importers.guess(sample("chrome.csv"))).isEqualTo(ImportFormat.CSV);
    assertThat(Importers.guess(sample("kdbx31-aes.kdbx"))).isEqualTo(ImportFormat.KDBX);
    assertThat(Importers.guess(utf8("PK\3\4..."))).isEqualTo(ImportFormat.ONE_PASSWORD);
    byte[] sealed =
        SealedSafe.write(
            List.of(),
            SecretText.of("x"),
            new KdfParams.Argon2id(19_456, 2, 1),
            new SeededRandom(4));
    assertThat(Importers.guess(sealed)).isEqualTo(ImportFormat.SEALED);
  }

  @Test
  void passwordIsAskedForWhereItIsNeeded() {
    assertThat(needs("kdbx31-aes.kdbx")).isTrue();
    assertThat(needs("bitwarden-protected-pbkdf2.json")).isTrue();
    assertThat(needs("bitwarden.json")).isFalse();
    assertThat(needs("chrome.csv")).isFalse();
    assertThatThrownBy(() -> Importers.read(sample("kdbx31-aes.kdbx"), ImportFormat.KDBX, null))
        .isInstanceOf(ImportFailure.class);
  }

  @Test
  void emptyAndHugeFilesAreRefused() {
    assertThatThrownBy(() -> Importers.guess(new byte[0])).hasMessageContaining("empty");
    assertThatThrownBy(() -> Importers.guess(new byte[(64 << 20) + 1]))
        .isInstanceOf(ImportFailure.class);
  }

  private static boolean needs(String name) {
    return Importers.needsPassword(sample(name), Importers.guess(sample(name)));
  }
}

package dev.zamok.secrets.kdbx;

import static dev.zamok.secrets.Files.folders;
import static dev.zamok.secrets.Files.omissions;
import static dev.zamok.secrets.Files.sample;
import static dev.zamok.secrets.Files.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.secret.Credentials;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.totp.TotpSeed;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples were written by kdbxweb, another implementation, with hash-wasm's Argon2. */
class KdbxImportTest {
  private static final SecretText PASSWORD = SecretText.of("Großer Schlüssel");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kdbx31-aes.kdbx",
        "kdbx4-aes-aeskdf.kdbx",
        "kdbx4-aes-argon2d.kdbx",
        "kdbx4-chacha20-argon2id.kdbx"
      })
  void everyKindOfDatabaseOpens(String name) {
    Imported imported = KdbxImport.read(sample(name), PASSWORD, null);
    assertThat(imported.secrets()).hasSize(2);
    Secret mail = secret(imported, "Provider");
    Credentials credentials = mail.credentials();
    assertThat(credentials.login()).isEqualTo("alice@example.org");
    assertThat(credentials.password().reveal()).isEqualTo("zwölf Boxkämpfer");
    assertThat(credentials.passwordTime()).contains(Instant.parse("2025-02-03T04:05:06Z"));
    assertThat(credentials.urls()).containsExactly("https://mail.example.org/");
    assertThat(TotpSeed.parse(credentials.totp()).issuer()).isEqualTo("Mail");
    assertThat(mail.notes().reveal()).isEqualTo("two\nlines & <tags>");
    assertThat(mail.fields())
        .containsExactlyInAnyOrder(Field.shown("Customer", "C-17"), Field.hidden("PIN", "0000"));
    assertThat(folders(imported, "Provider")).containsExactly("Work", "Mail");
  }

  @Test
  void entryWithoutATitleIsCalledByItsUrl() {
    Imported imported = KdbxImport.read(sample("kdbx4-aes-aeskdf.kdbx"), PASSWORD, null);
    assertThat(secret(imported, "https://untitled.example.org").credentials().password().reveal())
        .isEqualTo("other");
    assertThat(folders(imported, "https://untitled.example.org")).isEmpty();
  }

  @Test
  void whatStaysBehindIsTold() {
    Imported imported = KdbxImport.read(sample("kdbx4-aes-aeskdf.kdbx"), PASSWORD, null);
    assertThat(omissions(imported))
        .containsExactlyInAnyOrder(
            "Provider: attachments: 1",
            "Provider: earlier versions: 2",
            "Thrown away: the whole entry: it was in the recycle bin");
    assertThat(secret(imported, "Provider").label().tags()).containsExactly("work", "shared");
  }

  @Test
  void wrongPasswordAndDamageSoundAlike() {
    byte[] file = sample("kdbx4-aes-aeskdf.kdbx");
    assertThatThrownBy(() -> KdbxImport.read(file, SecretText.of("wrong"), null))
        .isInstanceOf(ImportFailure.class)
        .hasMessage(ImportFailure.wrongPassword().getMessage());
    byte[] damaged = file.clone();
    damaged[file.length / 2 + 100] ^= 1;
    assertThatThrownBy(() -> KdbxImport.read(damaged, PASSWORD, null))
        .hasMessage(ImportFailure.wrongPassword().getMessage());
    assertThatThrownBy(() -> KdbxImport.read(file, null, null))
        .hasMessageContaining("password is needed");
  }
}

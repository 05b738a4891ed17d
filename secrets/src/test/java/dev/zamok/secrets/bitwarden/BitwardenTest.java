package dev.zamok.secrets.bitwarden;

import static dev.zamok.secrets.Files.folders;
import static dev.zamok.secrets.Files.omissions;
import static dev.zamok.secrets.Files.sample;
import static dev.zamok.secrets.Files.secret;
import static dev.zamok.secrets.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.secret.Attachment;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Label;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.content.Extra;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.PlacedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitwardenTest {
  private static final SecretText PASSWORD = SecretText.of("Großer Schlüssel");

  @Test
  void loginsComeOver() {
    Imported imported = BitwardenImport.read(sample("bitwarden.json"), null);
    Secret provider = secret(imported, "Provider");
    assertThat(provider.credentials().login()).isEqualTo("alice@example.org");
    assertThat(provider.credentials().password().reveal()).isEqualTo("zwölf Boxkämpfer");
    assertThat(provider.credentials().passwordTime())
        .contains(Instant.parse("2025-02-03T04:05:06.789Z"));
    assertThat(provider.credentials().totp().reveal())
        .isEqualTo("otpauth://totp/?secret=JBSWY3DPEHPK3PXP");
    assertThat(provider.credentials().urls())
        .containsExactly("https://mail.example.org/", "https://other.example.org/");
    assertThat(provider.fields())
        .containsExactly(
            Field.shown("Customer", "C-17"),
            Field.hidden("PIN", "0000"),
            Field.shown("Paid", "true"));
    assertThat(provider.label().tags()).containsExactly("favourite");
    assertThat(folders(imported, "Provider")).containsExactly("Work", "Mail");
  }

  @Test
  void otherKindsComeOverAsFields() {
    Imported imported = BitwardenImport.read(sample("bitwarden.json"), null);
    assertThat(secret(imported, "Door").label().type()).isEqualTo(Label.NOTE);
    Secret card = secret(imported, "Card");
    assertThat(card.label().type()).isEqualTo("card");
    assertThat(card.fields())
        .contains(
            Field.shown("Cardholder name", "Alice Example"),
            Field.hidden("Number", "4111111111111111"),
            Field.hidden("Code", "123"));
    assertThat(secret(imported, "Me").fields())
        .containsExactly(Field.shown("First name", "Alice"), Field.hidden("Passport number", "P1"));
    assertThat(secret(imported, "Key").fields())
        .contains(Field.hidden("Private key", "-----BEGIN-----\n"));
    assertThat(secret(imported, "Steam").fields())
        .containsExactly(Field.hidden("One-time seed", "steam://ABCDEFGH"));
  }

  @Test
  void whatStaysBehindIsTold() {
    assertThat(omissions(BitwardenImport.read(sample("bitwarden.json"), null)))
        .containsExactly(
            "Provider: how a URL is matched",
            "Provider: passkeys",
            "Provider: a field that points at another one",
            "Provider: earlier passwords",
            "Thrown away: the whole entry: it was in the trash",
            "Steam: a one-time seed of a kind that is not known: kept as hidden field",
            "New kind: the whole entry: it is of a kind that is not known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitwarden-protected-pbkdf2.json", "bitwarden-protected-argon2id.json"})
  void protectedExportsOpenWithTheirPassword(String name) {
    Imported plain = BitwardenImport.read(sample("bitwarden.json"), null);
    assertThat(BitwardenImport.isProtected(sample(name))).isTrue();
    assertThat(BitwardenImport.read(sample(name), PASSWORD)).isEqualTo(plain);
    assertThatThrownBy(() -> BitwardenImport.read(sample(name), SecretText.of("wrong")))
        .hasMessage(ImportFailure.wrongPassword().getMessage());
    assertThatThrownBy(() -> BitwardenImport.read(sample(name), null))
        .hasMessageContaining("password is needed");
  }

  @Test
  void exportOfOneAccountIsRefusedWithAReason() {
    byte[] file = utf8("{\"encrypted\":true,\"passwordProtected\":false,\"data\":\"2.x|y|z\"}");
    assertThatThrownBy(() -> BitwardenImport.read(file, PASSWORD))
        .hasMessageContaining("for one Bitwarden account");
  }

  @Test
  void whatIsWrittenComesBackAsItWas() {
    List<PlacedSecret> secrets =
        List.of(
            new PlacedSecret(
                List.of("Work", "Mail"),
                Secret.named("Everything")
                    .tags(List.of("a, b", "c"))
                    .login("alice")
                    .password(SecretText.of("zwölf"))
                    .passwordTime(Optional.of(Instant.parse("2026-01-02T03:04:05.678Z")))
                    .totp(SecretText.of("otpauth://totp/?secret=JBSWY3DPEHPK3PXP"))
                    .urls(List.of("https://a.example.org", "b"))
                    .notes(SecretText.of("two\nlines"))
                    .add(Field.shown("shown", "x"))
                    .add(Field.hidden("hidden", ""))
                    .done()),
            new PlacedSecret(
                List.of(), Secret.named("Note").type("note").notes(SecretText.of("n")).done()),
            new PlacedSecret(List.of("Work"), Secret.named("Card").type("card").login("x").done()));
    BitwardenExport.Written written = BitwardenExport.write(secrets);
    assertThat(written.omissions()).isEmpty();
    Imported again = BitwardenImport.read(written.json(), null);
    assertThat(again.omissions()).isEmpty();
    assertThat(again.secrets()).isEqualTo(secrets);
    assertThat(BitwardenExport.write(secrets).json()).isEqualTo(written.json());
  }

  @Test
  void whatHasNoPlaceThereIsTold() {
    Secret secret =
        Secret.named("a").add(new Attachment(new ItemId(1, 2), "a.txt", Extra.NONE)).done();
    BitwardenExport.Written written =
        BitwardenExport.write(List.of(new PlacedSecret(List.of("a/b"), secret)));
    assertThat(written.omissions())
        .containsExactly("a slash in the name of a folder became \u2215", "attachments");
  }
}

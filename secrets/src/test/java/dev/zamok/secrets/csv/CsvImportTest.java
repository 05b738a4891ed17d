package dev.zamok.secrets.csv;

import static dev.zamok.secrets.Files.omissions;
import static dev.zamok.secrets.Files.sample;
import static dev.zamok.secrets.Files.secret;
import static dev.zamok.secrets.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.Imported;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvImportTest {
  @Test
  void chromeComesOver() {
    Imported imported = CsvImport.read(sample("chrome.csv"));
    assertThat(imported.secrets()).hasSize(3);
    assertThat(imported.omissions()).isEmpty();
    Secret mail = secret(imported, "mail.example.org");
    assertThat(mail.credentials().login()).isEqualTo("alice@example.org");
    assertThat(mail.credentials().password().reveal()).isEqualTo("s3cret, with \"quotes\"");
    assertThat(mail.credentials().urls()).containsExactly("https://mail.example.org/login");
    assertThat(mail.notes().reveal()).isEqualTo("two\nlines");
    assertThat(secret(imported, "https://untitled.example.org/").credentials().login())
        .isEqualTo("bob");
  }

  @Test
  void onePasswordComesOver() {
    Imported imported = CsvImport.read(sample("1password.csv"));
    assertThat(imported.omissions()).isEmpty();
    Secret provider = secret(imported, "Provider");
    assertThat(provider.credentials().password().reveal()).isEqualTo("zwölf Boxkämpfer");
    assertThat(provider.credentials().totp().reveal()).startsWith("otpauth://totp/Mail:alice");
    assertThat(provider.label().tags()).containsExactly("work", "shared", "favourite");
    assertThat(secret(imported, "Old").label().tags()).containsExactly("archived");
  }

  @Test
  void columnsThatAreNotKnownBecomeHiddenFields() {
    Imported imported =
        CsvImport.read(utf8("\ufeffPIN,Password,Title\r\n0000,x,\"a\r\"\r\n,,b\r\n"));
    assertThat(secret(imported, "a").fields()).containsExactly(Field.hidden("pin", "0000"));
    assertThat(secret(imported, "b").fields()).isEmpty();
  }

  @Test
  void whatDoesNotFitIsTold() {
    Imported imported =
        CsvImport.read(
            utf8("name,password,note\na,bell\u0007,b\u0000c\nd," + "x".repeat(10_001) + ",\n"));
    assertThat(omissions(imported))
        .containsExactly(
            "a: a password with control characters",
            "a: control characters in notes",
            "d: a password of more than 10000 characters");
    assertThat(secret(imported, "a").notes().reveal()).isEqualTo("bc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "hunter2,hunter2\n",
        "name\nhunter2\n",
        "name,password\nhunter2\n",
        "name,password\na,b,hunter2\n",
        "name,name,password\na,b,hunter2\n",
        "name,password\na,\"hunter2\n",
        "name,password\na,\"hunter\"2\n",
        "name,password\n\"a\"hunter2,b\n"
      })
  void malformedFilesAreRefusedWhole(String file) {
    assertThatThrownBy(() -> CsvImport.read(utf8(file))).isInstanceOf(ImportFailure.class);
  }

  @Test
  void anotherEncodingIsRefused() {
    assertThatThrownBy(
            () -> CsvImport.read(new byte[] {'n', 'a', 'm', 'e', ',', (byte) 0xff, '\n'}))
        .hasMessageContaining("UTF-8");
  }
}

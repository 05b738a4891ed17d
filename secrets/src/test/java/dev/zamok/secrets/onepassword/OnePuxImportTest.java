package dev.zamok.secrets.onepassword;

import static dev.zamok.secrets.Files.folders;
import static dev.zamok.secrets.Files.omissions;
import static dev.zamok.secrets.Files.secret;
import static dev.zamok.secrets.Files.shown;
import static dev.zamok.secrets.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.Imported;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class OnePuxImportTest {
  private static final String DATA =
      """
      {"accounts":[{"attrs":{"name":"Alice"},"vaults":[{"attrs":{"name":"Private"},"items":[
        {"uuid":"1","favIndex":0,"state":"active","categoryUuid":"001",
         "details":{
           "loginFields":[
             {"value":"alice","name":"username","fieldType":"T","designation":"username"},
             {"value":"zwölf","name":"password","fieldType":"P","designation":"password"}],
           "notesPlain":"ask Bob",
           "sections":[{"title":"More","name":"x","fields":[
             {"title":"one-time password","id":"TOTP_1","value":{"totp":"JBSWY3DPEHPK3PXP"}},
             {"title":"PIN","id":"p","value":{"concealed":"0000"}},
             {"title":"Mail","id":"m","value":{"email":{"email_address":"a@example.org","provider":null}}},
             {"title":"Since","id":"s","value":{"date":1700000000}},
             {"title":"Scan","id":"f","value":{"file":{"fileName":"a.pdf"}}}]}],
           "passwordHistory":[{"value":"old","time":1}]},
         "overview":{"title":"Provider","url":"https://a.example.org",
           "urls":[{"label":"website","url":"https://a.example.org"}],"tags":["work"]}},
        {"uuid":"2","state":"archived","categoryUuid":"003",
         "details":{"notesPlain":"note","loginFields":[],"sections":[]},"overview":{"title":"Note"}}
      ]}]}]}
      """;

  @Test
  void archiveComesOver() throws IOException {
    Imported imported = OnePuxImport.read(zip("export.attributes", "{}", "export.data", DATA));
    Secret provider = secret(imported, "Provider");
    assertThat(provider.credentials().login()).isEqualTo("alice");
    assertThat(provider.credentials().password().reveal()).isEqualTo("zwölf");
    assertThat(provider.credentials().urls()).containsExactly("https://a.example.org");
    assertThat(provider.credentials().totp().isEmpty()).isFalse();
    assertThat(provider.fields())
        .containsExactly(
            Field.hidden("PIN", "0000"),
            Field.shown("Mail email_address", "a@example.org"),
            Field.shown("Since", "2023-11-14"));
    assertThat(folders(imported, "Provider")).containsExactly("Private");
    assertThat(secret(imported, "Note").label().type()).isEqualTo("note");
    assertThat(secret(imported, "Note").label().tags()).containsExactly("archived");
    assertThat(omissions(imported))
        .containsExactly("Provider: an attached file", "Provider: earlier passwords");
  }

  @Test
  void otherArchivesAreRefused() throws IOException {
    for (byte[] file :
        new byte[][] {
          zip("other", "x"), zip("export.data", "{}"), zip("export.data", "hunter2"), utf8("PK\3\4")
        }) {
      assertThatThrownBy(() -> OnePuxImport.read(file)).isInstanceOf(ImportFailure.class);
    }
  }

  @Test
  void brokenArchivesAreRefusedInOurWords() throws IOException {
    byte[] sound = zip("export.attributes", "{}", "export.data", DATA);
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken =
          i % 4 == 0 ? Arrays.copyOf(sound, 1 + random.nextInt(sound.length - 1)) : sound.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      Throwable thrown = catchThrowable(() -> OnePuxImport.read(broken));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(ImportFailure.class).hasNoCause();
        assertThat(shown(thrown)).doesNotContain("alice", "zw\u00f6lf", "example");
      }
    }
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(utf8(namesAndTexts[i + 1]));
      }
    }
    return out.toByteArray();
  }
}

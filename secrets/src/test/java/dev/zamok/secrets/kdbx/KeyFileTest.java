package dev.zamok.secrets.kdbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.imports.Importers;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.Imported;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.linguafranca.pwdb.Credentials;
import org.linguafranca.pwdb.kdbx.KdbxCreds;
import org.linguafranca.pwdb.kdbx.KdbxHeader;
import org.linguafranca.pwdb.kdbx.KdbxSerializer;

/** Databases with a key file, written by the library that reads them. */
class KeyFileTest {
  private static final SecretText PASSWORD = SecretText.of("Großer Schlüssel");
  private static final byte[] KEY =
      "what stands in a key file, any bytes".getBytes(StandardCharsets.UTF_8);
  private static final String XML =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><KeePassFile><Root><Group><Name>all</Name><Entry>"
          + "<String><Key>Title</Key><Value>door</Value></String>"
          + "<String><Key>UserName</Key><Value>ada</Value></String>"
          + "</Entry></Group></Root></KeePassFile>";

  private static byte[] database(Credentials credentials) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream in =
        KdbxSerializer.createEncryptedOutputStream(credentials, new KdbxHeader(3), file)) {
      in.write(XML.getBytes(StandardCharsets.UTF_8));
    }
    return file.toByteArray();
  }

  private static void holdsTheDoor(Imported imported) {
    assertThat(imported.secrets())
        .singleElement()
        .satisfies(
            placed -> {
              assertThat(placed.secret().name()).isEqualTo("door");
              assertThat(placed.secret().credentials().login()).isEqualTo("ada");
            });
  }

  @Test
  void aKeyFileAloneOpensADatabaseWithoutAPassword() throws Exception {
    byte[] file = database(new KdbxCreds(new ByteArrayInputStream(KEY)));
    holdsTheDoor(Importers.readKdbx(file, null, KEY));
    assertThatThrownBy(() -> Importers.readKdbx(file, PASSWORD, KEY))
        .isInstanceOf(ImportFailure.class);
  }

  @Test
  void aDatabaseWithBothNeedsBoth() throws Exception {
    byte[] typed = PASSWORD.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] file = database(new KdbxCreds(typed, new ByteArrayInputStream(KEY)));
    holdsTheDoor(Importers.readKdbx(file, PASSWORD, KEY));
    assertThatThrownBy(() -> Importers.readKdbx(file, null, KEY)).isInstanceOf(ImportFailure.class);
    assertThatThrownBy(() -> KdbxImport.read(file, PASSWORD, null))
        .isInstanceOf(ImportFailure.class);
    assertThatThrownBy(() -> Importers.readKdbx(file, PASSWORD, new byte[] {1}))
        .isInstanceOf(ImportFailure.class);
  }
}

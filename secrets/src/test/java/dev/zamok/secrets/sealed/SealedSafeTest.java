package dev.zamok.secrets.sealed;

import static dev.zamok.secrets.Files.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.secret.Attachment;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.export.ExportFile;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.content.Extra;
import dev.zamok.secrets.SeededRandom;
import dev.zamok.secrets.bitwarden.BitwardenImport;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.PlacedSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedSafeTest {
  private static final SecretText PASSWORD = SecretText.of("Großer Schlüssel");
  private static final KdfParams FAST = new KdfParams.Argon2id(19_456, 2, 1);

  private final SecureRandom random = new SeededRandom(3);

  @Test
  void everythingComesBackAsItWas() {
    Secret later =
        new Secret(
            Secret.named("later").done().label(),
            Secret.named("later").done().credentials(),
            SecretText.EMPTY,
            List.of(new Field("a", SecretText.of("b"), true, new Extra(Map.of("x", 1L)))),
            List.of(new Attachment(new ItemId(1, 2), "a.txt", Extra.NONE)),
            new Extra(Map.of("passkeys", List.of())));
    List<PlacedSecret> secrets =
        new ArrayList<>(BitwardenImport.read(sample("bitwarden.json"), null).secrets());
    secrets.add(new PlacedSecret(List.of("Ordner", "鍵/\\"), later));
    byte[] file = SealedSafe.write(secrets, PASSWORD, FAST, random);
    assertThat(SealedSafe.isOne(file)).isTrue();
    assertThat(SealedSafe.read(file, PASSWORD).secrets()).isEqualTo(secrets);
    assertThat(SealedSafe.read(file, PASSWORD).omissions()).isEmpty();
  }

  @Test
  void nothingOfItIsReadableInTheFile() {
    Secret secret = Secret.named("hunter2name").password(SecretText.of("hunter2")).done();
    byte[] file =
        SealedSafe.write(List.of(new PlacedSecret(List.of(), secret)), PASSWORD, FAST, random);
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
  }

  @Test
  void wrongPasswordAndDamageSoundAlike() {
    byte[] file = SealedSafe.write(List.of(), PASSWORD, FAST, random);
    byte[] damaged = file.clone();
    damaged[file.length - 1] ^= 1;
    for (byte[] one : new byte[][] {file, damaged}) {
      SecretText password = one == file ? SecretText.of("wrong") : PASSWORD;
      assertThatThrownBy(() -> SealedSafe.read(one, password))
          .isInstanceOf(ImportFailure.class)
          .hasMessage(ImportFailure.wrongPassword().getMessage());
    }
    assertThatThrownBy(() -> SealedSafe.read(file, SecretText.EMPTY))
        .isInstanceOf(ImportFailure.class);
  }

  @Test
  void contentOfAnotherShapeIsRefused() {
    for (byte[] content :
        new byte[][] {
          {},
          {2, 0, 0, 0, 0},
          {1, 0, 0, 0, 1},
          {1, 0, 0, 0, 0, 0},
          {1, 0x7f, 0, 0, 0},
          new ByteWriter().u8(1).u32(1).u8(0).u32(0).toByteArray(),
          new ByteWriter().u8(1).u32(1).u8(1).sized(Bytes.fromHex("ff")).toByteArray()
        }) {
      byte[] file =
          ExportFile.seal(Password.of(PASSWORD.reveal()), FAST, content, random).toByteArray();
      assertThatThrownBy(() -> SealedSafe.read(file, PASSWORD)).isInstanceOf(ImportFailure.class);
    }
  }

  @Test
  void moreThanAFileHoldsIsNotWritten() {
    Secret big = Secret.named("a").notes(SecretText.of("x".repeat(100_000))).done();
    List<PlacedSecret> many = java.util.Collections.nCopies(700, new PlacedSecret(List.of(), big));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealedSafe.write(many, PASSWORD, FAST, random));
  }
}

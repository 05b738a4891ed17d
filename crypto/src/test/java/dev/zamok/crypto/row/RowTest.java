package dev.zamok.crypto.row;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {
  private static final Bytes P = Bytes.fromHex("01");
  private static final Bytes S = Bytes.fromHex("02");
  private static final byte[] BODY = {1, 2, 3};

  private final SecureRandom random = new SeededRandom("row");
  private final Keyring keyring = Keyring.generate(random);
  private final RowSealer sealer = new RowSealer(keyring, random);
  private final RowAddress address = new RowAddress("members", P, S, 4);
  private final Bytes sealed = sealer.seal(address, BODY);

  @Test
  void bodyComesBack() {
    assertThat(sealer.open(address, sealed)).isEqualTo(BODY);
    assertThat(sealed.size()).isEqualTo(BODY.length + RowSealer.OVERHEAD_BYTES);
  }

  @Test
  void anyChangedBitOfARowIsRefused() {
    for (int bit = 0; bit < sealed.size() * 8; bit++) {
      Bytes changed = flip(sealed, bit);
      assertFails(() -> sealer.open(address, changed));
    }
    for (int size = 0; size < sealed.size(); size++) {
      Bytes cut = sealed.slice(0, size);
      assertFails(() -> sealer.open(address, cut));
    }
  }

  @Test
  void rowCopiedToAnotherPlaceOrRolledBackIsRefused() {
    List<RowAddress> others =
        List.of(
            new RowAddress("rooms", P, S, 4),
            new RowAddress("members", S, S, 4),
            new RowAddress("members", P, P, 4),
            new RowAddress("members", P, S, 5),
            new RowAddress("members", P, S, 3));
    for (RowAddress other : others) {
      assertFails(() -> sealer.open(other, sealed));
    }
  }

  @Test
  void rotatedKeyringReadsOldRowsAndWritesNewOnes() {
    Keyring rotated = keyring.rotate(random);
    RowSealer later = new RowSealer(rotated, random);
    assertThat(rotated.activeId()).isEqualTo(2);
    assertThat(later.open(address, sealed)).isEqualTo(BODY);
    assertThat(later.needsRewrap(sealed)).isTrue();
    Bytes rewrapped = later.seal(address, BODY);
    assertThat(later.needsRewrap(rewrapped)).isFalse();
    assertFails(() -> sealer.open(address, rewrapped));
  }

  @Test
  void droppedKeyOpensNothingAndTheActiveOneStays() {
    Keyring rotated = keyring.rotate(random);
    assertThat(rotated.ids()).containsExactly(2, 1);
    assertThat(RowSealer.keyId(sealed)).isEqualTo(1);
    RowSealer later = new RowSealer(rotated.without(1), random);
    assertFails(() -> later.open(address, sealed));
    assertThatThrownBy(() -> rotated.without(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keyringComesBackFromItsFile() {
    Keyring rotated = keyring.rotate(random);
    Keyring read = Keyring.parse("# keys of the test\n\n" + rotated.export());
    assertThat(read.export()).isEqualTo(rotated.export());
    assertThat(new RowSealer(read, random).open(address, sealed)).isEqualTo(BODY);
    assertThat(read.toString()).isEqualTo("Keyring[1, 2][active 2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "active 1",
        "1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "active 2\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "active 1\n1 AAAA",
        "active 0\n0 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "active 1\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "active 1\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA x",
        "active one\n1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "active 1\n1 SECRETSECRETSECRETSECRETSECRETSECRETSECRETS!",
      })
  void brokenKeyringIsRefusedWithoutShowingItsContent(String text) {
    assertThatThrownBy(() -> Keyring.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageNotContaining("AAAA")
        .hasMessageNotContaining("SECRET")
        .hasNoCause();
  }

  @Test
  void keyringNeedsItsActiveKey() {
    SecretBytes key = SecretBytes.random(random, 32);
    assertThatThrownBy(() -> new Keyring(Map.of(1, key), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Keyring(Map.of(1, SecretBytes.wrap(new byte[16])), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lookUpsAreStableAndSayNothingAboutTheValue() {
    BlindIndex index = new BlindIndex(keyring, "email");
    Bytes value = Bytes.wrap(new byte[] {'a', '@', 'b'});
    assertThat(index.of(value)).isEqualTo(index.of(value));
    assertThat(index.of(value)).isNotEqualTo(index.of(P));
    assertThat(index.of(value)).isNotEqualTo(new BlindIndex(keyring, "phone").of(value));
    BlindIndex rotated = new BlindIndex(keyring.rotate(random), "email");
    assertThat(rotated.candidates(value)).hasSize(2).contains(index.of(value));
    assertThat(rotated.candidates(value).get(0)).isEqualTo(rotated.of(value));
  }
}

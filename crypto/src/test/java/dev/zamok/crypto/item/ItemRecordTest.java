package dev.zamok.crypto.item;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemRecordTest {
  private static final Fingerprint ALICE = Fixtures.ALICE.fingerprint();
  private static final ItemId ITEM = new ItemId(1, 2);
  private static final byte[] BODY = {1, 2, 3};

  private final SecureRandom random = new SeededRandom("item");
  private final RoomSecret secret = RoomSecret.random(Fixtures.SEALED, 2, random);
  private final ItemAddress address = new ItemAddress(Fixtures.SEALED, ITEM, 3, 2, 1, ALICE);
  private final Bytes record = ItemRecord.seal(secret, address, BODY, random);

  @Test
  void bodyComesBack() {
    assertThat(ItemRecord.open(secret, address, record)).isEqualTo(BODY);
    assertThat(record.size()).isEqualTo(61 + 81 + 3);
  }

  @Test
  void anyChangedBitOfARecordIsRefused() {
    for (int bit = 0; bit < record.size() * 8; bit++) {
      Bytes changed = flip(record, bit);
      assertFails(() -> ItemRecord.open(secret, address, changed));
    }
    for (int size = 0; size < record.size(); size++) {
      Bytes cut = record.slice(0, size);
      assertFails(() -> ItemRecord.open(secret, address, cut));
    }
  }

  @Test
  void recordMovedToAnotherPlaceIsRefused() {
    List<ItemAddress> others =
        List.of(
            new ItemAddress(Fixtures.MANAGED, ITEM, 3, 2, 1, ALICE),
            new ItemAddress(Fixtures.SEALED, new ItemId(1, 3), 3, 2, 1, ALICE),
            new ItemAddress(Fixtures.SEALED, ITEM, 4, 2, 1, ALICE),
            new ItemAddress(Fixtures.SEALED, ITEM, 3, 1, 1, ALICE),
            new ItemAddress(Fixtures.SEALED, ITEM, 3, 2, 2, ALICE),
            new ItemAddress(Fixtures.SEALED, ITEM, 3, 2, 1, Fixtures.BOB.fingerprint()));
    for (ItemAddress other : others) {
      assertFails(() -> ItemRecord.open(secret, other, record));
      assertThat(ItemRecord.hash(other, record)).isNotEqualTo(ItemRecord.hash(address, record));
    }
  }

  @Test
  void partsOfTwoRecordsDoNotMix() {
    Bytes other = ItemRecord.seal(secret, address, BODY, random);
    byte[] mixed = record.toByteArray();
    other.slice(61, other.size()).copyTo(mixed, 61);
    assertFails(() -> ItemRecord.open(secret, address, Bytes.wrap(mixed)));
  }

  @Test
  void everyVersionHasAKeyOfItsOwn() {
    assertThat(ItemRecord.seal(secret, address, BODY, random)).isNotEqualTo(record);
  }

  @Test
  void addressesAndBodiesAreBounded() {
    assertThatThrownBy(() -> new ItemAddress(Fixtures.SEALED, ITEM, 0, 1, 1, ALICE))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new ItemAddress(Fixtures.SEALED, ITEM, 1, 1, 256, ALICE))
        .isInstanceOf(MalformedException.class);
    byte[] tooLarge = new byte[ItemRecord.BODY_BYTES_MAX + 1];
    assertThatThrownBy(() -> ItemRecord.seal(secret, address, tooLarge, random))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.zamok.client.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.message.EnvelopeKind;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a client. */
class ProfileTest {
  private static final RoomId ROOM = new RoomId(2L << 56 | 1, 7);

  @TempDir Path temporary;
  private final SecureRandom random = new SecureRandom();

  private Profile open() {
    return new Profile(ProfileDirectory.open(temporary.resolve("ada")), random);
  }

  private Card card(long account) {
    return Keyset.generate(random).firstIdentity(new AccountId(account, 1)).card();
  }

  @Test
  void everythingPinnedComesBack() {
    Card card = card(5);
    ChainHead head = new ChainHead(3, Hash.of(Bytes.wrap(new byte[] {1})));
    DeviceId device;
    try (Profile profile = open()) {
      device = profile.device();
      profile.bind(card.account(), "ada");
      profile.pinServer("00ff");
      profile.pinControlKeys(List.of(card.signing()));
      profile.pinContact(new PinnedCard("brian", card));
      profile.room(ROOM).pinChain(head);
      profile.room(ROOM).pinEpoch(9);
      profile.room(ROOM).notePosition(Position.of(1, 2));
    }
    try (Profile profile = open()) {
      assertThat(profile.device()).isEqualTo(device);
      assertThat(profile.serverPin()).contains("00ff");
      assertThat(profile.controlKeys()).containsExactly(card.signing());
      assertThat(profile.contact("brian")).contains(new PinnedCard("brian", card));
      assertThat(profile.room(ROOM).chain()).isEqualTo(head);
      assertThat(profile.room(ROOM).epoch()).isEqualTo(9);
      assertThat(profile.room(ROOM).position()).isEqualTo(Position.of(1, 2));
    }
  }

  @Test
  void contactsThatArePinnedTogetherAreWrittenOnceAndComeBack() throws IOException {
    Path contacts = temporary.resolve("ada/contacts.json");
    Card first = card(5);
    Card second = card(6);
    try (Profile profile = open()) {
      profile.holdContacts();
      profile.pinContact(new PinnedCard("brian", first));
      profile.pinContact(new PinnedCard("carol", second));
      assertThat(profile.contact("carol")).contains(new PinnedCard("carol", second));
      assertThat(contacts).doesNotExist();
      profile.releaseContacts();
      assertThat(Files.readString(contacts)).contains("brian", "carol");
    }
    try (Profile profile = open()) {
      assertThat(profile.contact(first.account())).isEqualTo(new PinnedCard("brian", first));
      assertThat(profile.isPinned("carol", second.account(), second.fingerprint())).isTrue();
      assertThat(profile.isPinned("carol", first.account(), first.fingerprint())).isFalse();
      assertThat(profile.isPinned("brian", first.account(), second.fingerprint())).isFalse();
      assertThat(profile.isPinned("dave", card(7).account(), first.fingerprint())).isFalse();
    }
  }

  @Test
  void aPinnedCardThatDoesNotVerifyIsNamedWhenItIsNeeded() throws IOException {
    Card card = card(5);
    try (Profile profile = open()) {
      profile.pinContact(new PinnedCard("brian", card));
    }
    Path contacts = temporary.resolve("ada/contacts.json");
    byte[] encoded = card.encoded().toByteArray();
    encoded[encoded.length - 40] ^= 1;
    String text = Files.readString(contacts);
    String changed = text.replace(card.encoded().toBase64Url(), Bytes.wrap(encoded).toBase64Url());
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(contacts, changed);
    try (Profile profile = open()) {
      assertThatThrownBy(() -> profile.contact("brian"))
          .isInstanceOf(ClientProblem.class)
          .hasMessageContaining("contacts");
    }
    Files.writeString(contacts, text.replace(card.encoded().toBase64Url(), "AAAA"));
    assertThatThrownBy(this::open).isInstanceOf(ClientProblem.class);
  }

  @Test
  void aSecondClientIsRefusedInsteadOfUsingNumbersTwice() {
    try (Profile first = open()) {
      assertThat(first.device()).isNotNull();
      assertThatThrownBy(this::open)
          .isInstanceOf(ClientProblem.class)
          .hasMessageContaining("another client");
    }
    open().close();
  }

  @Test
  void anotherAccountIsRefused() {
    try (Profile profile = open()) {
      profile.bind(new AccountId(1, 1), "ada");
      profile.bind(new AccountId(1, 1), "ada");
      assertThatThrownBy(() -> profile.bind(new AccountId(1, 2), "eve"))
          .isInstanceOf(ClientProblem.class);
    }
  }

  @Test
  void numbersGoOnWithoutAHoleAfterAnOrderlyEndAndNeverRepeatAfterACrash() {
    Set<Long> used = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      try (Profile profile = open()) {
        assertThat(used.add(profile.room(ROOM).nextSeq(EnvelopeKind.MESSAGE))).isTrue();
      }
    }
    assertThat(used).containsExactlyInAnyOrder(1L, 2L, 3L);

    ProfileDirectory crashed = ProfileDirectory.open(temporary.resolve("ada"));
    Profile profile = new Profile(crashed, random);
    for (int i = 0; i < 40; i++) {
      assertThat(used.add(profile.room(ROOM).nextSeq(EnvelopeKind.MESSAGE))).isTrue();
    }
    crashed.close();
    try (Profile next = open()) {
      assertThat(used.add(next.room(ROOM).nextSeq(EnvelopeKind.MESSAGE))).isTrue();
      assertThat(next.room(ROOM).nextSeq(EnvelopeKind.SIGNAL)).isEqualTo(1);
    }
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    try (Profile profile = open()) {
      profile.room(ROOM).pinEpoch(1);
    }
    Path directory = temporary.resolve("ada");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void aDamagedFileIsNamedAndNotReplaced() throws IOException {
    open().close();
    Path device = temporary.resolve("ada/device.json");
    Files.write(device, "{\"device\":\"no".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::open).isInstanceOf(ClientProblem.class).hasMessageContaining("device");
    assertThat(Files.readString(device)).isEqualTo("{\"device\":\"no");
  }
}

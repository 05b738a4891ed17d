package dev.zamok.crypto.message;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.EpochScript;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessageEnvelopeTest {
  private static final MemberTag TAG = Fixtures.tag(ALICE);
  private static final MessageAddress ADDRESS = MessageAddress.message(TAG, new MessageId(1, 2));

  private final EpochScript epochs = new EpochScript();
  private final EpochKey key = epochs.key();
  private final Message message = message(Bytes.fromHex("68656c6c6f"));
  private final Bytes envelope = seal(key, ADDRESS, message, ALICE);

  @Property(tries = 60)
  void whatIsSealedOpens(
      @ForAll @Size(max = 300) byte[] content,
      @ForAll @LongRange(min = 1) long seq,
      @ForAll @LongRange(min = 0) long time,
      @ForAll long seen) {
    ChainHead head = new ChainHead(7, Hash.of(Bytes.EMPTY));
    Message said =
        new Message(new DeviceId(seen), seq, time, head, new Position(seen), Bytes.copyOf(content));
    assertThat(MessageEnvelope.open(key, ADDRESS, ALICE.card(), seal(key, ADDRESS, said, ALICE)))
        .isEqualTo(said);
  }

  @Test
  void anyChangedBitOfAnEnvelopeIsRefused() {
    for (int bit = 0; bit < envelope.size() * 8; bit++) {
      Bytes changed = flip(envelope, bit);
      assertFails(() -> MessageEnvelope.open(key, ADDRESS, ALICE.card(), changed));
    }
    for (int size = 0; size < envelope.size(); size += 5) {
      Bytes cut = envelope.slice(0, size);
      assertFails(() -> MessageEnvelope.open(key, ADDRESS, ALICE.card(), cut));
    }
  }

  @Test
  void relayCannotMoveAMessageToAnotherTagIdOrKind() {
    assertRefused(MessageAddress.message(Fixtures.tag(BOB), ADDRESS.id()));
    assertRefused(MessageAddress.message(TAG, new MessageId(1, 3)));
    assertRefused(MessageAddress.signal(TAG));
    Bytes signal = seal(key, MessageAddress.signal(TAG), message, ALICE);
    assertThat(MessageEnvelope.open(key, MessageAddress.signal(TAG), ALICE.card(), signal))
        .isEqualTo(message);
    assertFails(() -> MessageEnvelope.open(key, ADDRESS, ALICE.card(), signal));
  }

  @Test
  void messageOfAnotherRoomEpochOrGenerationIsRefused() {
    RoomId elsewhere = new RoomId(Fixtures.MANAGED.high(), 99);
    assertOtherKeyRefused(
        new AuthorityShare(elsewhere, 1, epochs.share.share()),
        new RoomSecret(elsewhere, 1, epochs.secret.secret()));
    assertOtherKeyRefused(
        new AuthorityShare(Fixtures.MANAGED, 2, epochs.share.share()), epochs.secret);
    assertOtherKeyRefused(
        epochs.share, new RoomSecret(Fixtures.MANAGED, 2, epochs.secret.secret()));
  }

  @Test
  void memberWithTheKeyCannotForgeAnother() {
    // Bob has the epoch key and publishes under Alice's tag, signed with his own key.
    Bytes forged = seal(key, ADDRESS, message, BOB);
    assertFails(() -> MessageEnvelope.open(key, ADDRESS, ALICE.card(), forged));
    // Nor does the true author's message pass for Bob's.
    assertFails(() -> MessageEnvelope.open(key, ADDRESS, BOB.card(), envelope));
  }

  @Test
  void memberCannotReencryptAMessageOfAnotherForALaterEpoch() {
    Bytes plaintext = Bytes.wrap(key.seal().open(context(1), envelope));
    EpochKey next =
        EpochKey.derive(
            new AuthorityShare(Fixtures.MANAGED, 2, epochs.share.share()),
            epochs.secret,
            epochs.rekey.hubShare());
    Bytes resealed = next.seal().seal(context(2), plaintext.toByteArray(), epochs.random);
    assertThat(next.seal().open(context(2), resealed)).hasSize(plaintext.size());
    assertFails(() -> MessageEnvelope.open(next, ADDRESS, ALICE.card(), resealed));
  }

  @Test
  void contentHidesItsLengthUpToTheNextMultipleOf64() {
    int head = 72;
    assertThat(size(0)).isEqualTo(29 + 128 + 64);
    assertThat(size(128 - head)).isEqualTo(29 + 128 + 64);
    assertThat(size(128 - head + 1)).isEqualTo(29 + 192 + 64);
  }

  @Test
  void largestContentFitsAnEntryAndALargerOneIsRefused() {
    int max = MessageEnvelope.CONTENT_BYTES_MAX;
    assertThat(size(max)).isLessThanOrEqualTo(Entry.BODY_BYTES_MAX);
    assertThat(size(max)).isGreaterThan(Entry.BODY_BYTES_MAX - 64);
    Bytes tooLarge = Bytes.wrap(new byte[max + 1]);
    assertThatThrownBy(() -> message(tooLarge)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void paddingThatIsNotZeroOrTooLongIsRefused() {
    byte[] plaintext = key.seal().open(context(1), envelope);
    int body = plaintext.length - 64;
    byte[] dirty = Arrays.copyOf(plaintext, body);
    dirty[body - 1] = 1;
    assertBodyRefused(dirty);
    assertBodyRefused(Arrays.copyOf(plaintext, body + 1));
    byte[] longer = Arrays.copyOf(plaintext, body);
    assertBodyRefused(Arrays.copyOf(longer, body + 64));
    byte[] zeroSeq = Arrays.copyOf(plaintext, body);
    Arrays.fill(zeroSeq, 8, 16, (byte) 0);
    assertBodyRefused(zeroSeq);
    byte[] hugeLength = Arrays.copyOf(plaintext, body);
    hugeLength[68] = 0x7f;
    assertBodyRefused(hugeLength);
  }

  @Test
  void messagesHaveAnIdAndSignalsHaveNone() {
    assertThatThrownBy(() -> MessageAddress.message(TAG, MessageId.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MessageAddress(EnvelopeKind.SIGNAL, TAG, new MessageId(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Signs and seals a body as its author would, whatever is in it. */
  private void assertBodyRefused(byte[] body) {
    Bytes toSign =
        Context.of("message-sig")
            .hash(Hash.of(Seal01.aad(context(1))))
            .bytes(ALICE.fingerprint().bytes())
            .hash(Hash.of(Bytes.copyOf(body)))
            .toBytes();
    byte[] plaintext = Arrays.copyOf(body, body.length + 64);
    ALICE.sign(toSign).copyTo(plaintext, body.length);
    Bytes sealed = key.seal().seal(context(1), plaintext, epochs.random);
    assertFails(() -> MessageEnvelope.open(key, ADDRESS, ALICE.card(), sealed));
  }

  private void assertRefused(MessageAddress address) {
    assertFails(() -> MessageEnvelope.open(key, address, ALICE.card(), envelope));
  }

  private void assertOtherKeyRefused(AuthorityShare share, RoomSecret secret) {
    EpochKey other = EpochKey.derive(share, secret, epochs.rekey.hubShare());
    assertFails(() -> MessageEnvelope.open(other, ADDRESS, ALICE.card(), envelope));
  }

  private int size(int content) {
    return seal(key, ADDRESS, message(Bytes.wrap(new byte[content])), ALICE).size();
  }

  private Bytes seal(EpochKey with, MessageAddress address, Message said, Identity author) {
    return MessageEnvelope.seal(with, address, said, author, epochs.random);
  }

  private static Message message(Bytes content) {
    return new Message(new DeviceId(5), 1, 1234, ChainHead.NONE, Position.ZERO, content);
  }

  private static Bytes context(int n) {
    return Context.of("message")
        .room(Fixtures.MANAGED)
        .u32(n)
        .u32(1)
        .u8(1)
        .tag(TAG)
        .bytes(ADDRESS.id().toBytes())
        .toBytes();
  }
}

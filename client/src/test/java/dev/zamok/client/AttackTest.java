package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.message.MessageAddress;
import dev.zamok.crypto.message.MessageEnvelope;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.ContentCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What malicious servers and former members try on a sealed room. */
class AttackTest {
  private final World world = new World();
  private final TestUser alice = new TestUser(world, "alice");
  private final TestUser bob = new TestUser(world, "bob");
  private final Room hers = alice.await(alice.session.createPrivate("plans", History.FULL));
  private final WorldRoom inside = world.room(hers.id());

  AttackTest() {
    alice.await(hers.invite("bob", Role.WRITER));
  }

  private static Kind kind(Throwable failure) {
    return ClientProblem.in(failure).kind();
  }

  private RoomChain chain() {
    RoomChain chain = inside.chain;
    assertThat(chain).isNotNull();
    return chain;
  }

  /** What somebody with the keys of an epoch can seal. */
  private Bytes seal(EpochKey key, Identity author, MemberTag tag, MessageId id, long seq) {
    Message message =
        new Message(
            new DeviceId(99),
            seq,
            world.loop.wallMillis(),
            chain().head(),
            Position.ZERO,
            ContentCodec.encode(Content.text("forged"), Carrier.MESSAGE));
    return MessageEnvelope.seal(
        key, MessageAddress.message(tag, id), message, author, world.random);
  }

  private EpochKey key(int n, RoomSecret secret) {
    WorldRoom.Epoch epoch = inside.epochs.get(n);
    return EpochKey.derive(epoch.rekey(), epoch.share(), secret);
  }

  /** The secret as a member gets it. */
  private RoomSecret secret(Identity member, int g) {
    for (WorldRoom.Wrapped wrap : inside.wraps) {
      if (wrap.generation() == g && wrap.recipient().equals(member.fingerprint())) {
        var wrapper = world.cards.byFingerprint(wrap.wrapper());
        return Wrap.open(wrap.wrap(), chain(), g, wrapper, member);
      }
    }
    throw new AssertionError("no wrap");
  }

  private MemberTag tag(TestUser user) {
    var member = chain().member(user.account.identity.fingerprint());
    return member.tag();
  }

  @Test
  void aGhostMemberThatNoAdminSignedForIsRefused() {
    TestUser mallory = new TestUser(world, "mallory");
    // The server adds a statement that mallory signed for herself.
    Identity ghost = mallory.account.identity;
    RoomChain own = RoomChain.start(inside.statements.get(0), alice.account.identity.card());
    for (Bytes statement : inside.statements.subList(1, inside.statements.size())) {
      own.append(statement, world.cards);
    }
    Statement honest =
        own.propose(
            new ChainOp.Member(ghost.fingerprint(), Role.WRITER, world.newTag()),
            world.loop.wallMillis(),
            alice.account.identity);
    byte[] forged = honest.encoded().toByteArray();
    Bytes signed = Bytes.wrap(forged, 0, forged.length - 64);
    ghost.sign(signed).copyTo(forged, forged.length - 64);
    inside.statements.add(Bytes.wrap(forged));

    Throwable failure = catchThrowable(() -> bob.await(bob.room(inside).members()));

    assertThat(kind(failure)).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void aShorterChainIsAnAlarm() {
    ProfileStore store = ProfileStore.inMemory();
    TestUser first = new TestUser(world, "bob", store);
    first.await(first.room(inside).members());
    inside.statements.remove(inside.statements.size() - 1);

    TestUser again = new TestUser(world, "bob", store);
    Throwable failure = catchThrowable(() -> again.await(again.room(inside).members()));

    assertThat(kind(failure)).isEqualTo(Kind.CHAIN_ALARM);
  }

  @Test
  void aChainWithAnotherEndingIsAnAlarm() {
    ProfileStore store = ProfileStore.inMemory();
    TestUser first = new TestUser(world, "bob", store);
    first.await(first.room(inside).members());
    // The admin made two different statements; the server shows each to somebody else.
    RoomChain other = RoomChain.start(inside.statements.get(0), alice.account.identity.card());
    int last = inside.statements.size() - 1;
    for (Bytes statement : inside.statements.subList(1, last)) {
      other.append(statement, world.cards);
    }
    Statement fork =
        other.propose(
            new ChainOp.Member(bob.account.identity.fingerprint(), Role.READER, world.newTag()),
            1,
            alice.account.identity);
    inside.statements.set(last, fork.encoded());

    TestUser again = new TestUser(world, "bob", store);
    Throwable failure = catchThrowable(() -> again.await(again.room(inside).members()));

    assertThat(kind(failure)).isEqualTo(Kind.CHAIN_ALARM);
  }

  @Test
  void aSwappedCardIsAnAlarm() {
    alice.await(alice.session.lookup("bob"));
    bob.account.shown = Keyset.generate(world.random).firstIdentity(bob.account.id()).card();

    Throwable failure = catchThrowable(() -> alice.await(alice.session.lookup("bob")));

    assertThat(kind(failure)).isEqualTo(Kind.CARD_CHANGED);
  }

  @Test
  void aSuccessorSignedByTheOldKeyIsAccepted() {
    alice.await(alice.session.lookup("bob"));
    Identity next = Keyset.generate(world.random).successorOf(bob.account.identity);
    bob.account.shown = next.card();

    assertThat(alice.await(alice.session.lookup("bob")).fingerprint())
        .isEqualTo(next.fingerprint());
  }

  @Test
  void anotherAccountUnderAKnownNameIsAnAlarm() {
    alice.await(alice.session.lookup("bob"));
    bob.account.shown = world.account("mallory").identity.card();

    Throwable failure = catchThrowable(() -> alice.await(alice.session.lookup("bob")));

    assertThat(kind(failure)).isEqualTo(Kind.CARD_CHANGED);
  }

  @Test
  void aSealedRoomThatTheServerCallsManagedIsRefused() {
    TestUser victim =
        withAuthority(
            new WorldSession(world, world.account("bob")) {
              @Override
              public java.util.concurrent.CompletableFuture<Answers.Room> room(
                  dev.zamok.protocol.RoomId room) {
                return super.room(room).thenApply(view -> asChannel(view));
              }
            });

    Throwable failure = catchThrowable(() -> victim.room(inside));

    assertThat(kind(failure)).isEqualTo(Kind.TAMPERED);
  }

  private static Answers.Room asChannel(Answers.Room view) {
    return new Answers.Room(
        view.room(),
        RoomKind.CHANNEL,
        view.history(),
        view.role(),
        view.tag(),
        view.epoch(),
        view.generation(),
        false,
        0,
        "plans",
        false,
        null);
  }

  private TestUser withAuthority(WorldSession authority) {
    return new TestUser(world, "bob", ProfileStore.inMemory(), authority);
  }

  @Test
  void aSecretThatTheServerMadeForASealedRoomIsRefused() {
    TestUser victim =
        withAuthority(
            new WorldSession(world, world.account("bob")) {
              @Override
              protected Answers.Shares shares(WorldRoom room, ShareQuery query) {
                Answers.Shares honest = super.shares(room, query);
                RoomSecret made = RoomSecret.random(room.id, 1, this.world.random);
                return new Answers.Shares(
                    room.id,
                    honest.shares(),
                    honest.rekeys(),
                    List.of(new Answers.ManagedSecret(1, made.secret())));
              }
            });
    Room his = victim.room(inside);

    Throwable failure = catchThrowable(() -> victim.listen(his));

    assertThat(kind(failure)).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void aWrapOfAnotherGenerationIsRefused() {
    RoomSecret wrong = RoomSecret.random(inside.id, 1, world.random);
    replaceWraps(wrong, bob.account.identity.fingerprint());
    TestUser victim = new TestUser(world, "bob");

    Throwable failure = catchThrowable(() -> victim.listen(victim.room(inside)));

    assertThat(kind(failure)).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void aWrapMeantForAnotherMemberIsRefused() {
    Bytes meantForAlice =
        inside.wraps.stream()
            .filter(wrap -> wrap.recipient().equals(alice.account.identity.fingerprint()))
            .map(WorldRoom.Wrapped::wrap)
            .findFirst()
            .orElseThrow();
    inside.wraps.clear();
    inside.wraps.add(
        new WorldRoom.Wrapped(
            1,
            bob.account.identity.fingerprint(),
            alice.account.identity.fingerprint(),
            meantForAlice));
    TestUser victim = new TestUser(world, "bob");

    Throwable failure = catchThrowable(() -> victim.listen(victim.room(inside)));

    assertThat(kind(failure)).isEqualTo(Kind.TAMPERED);
  }

  private void replaceWraps(RoomSecret secret, dev.zamok.crypto.identity.Fingerprint recipient) {
    var generation = chain().generation(1);
    Hash statement = generation.statement();
    inside.wraps.removeIf(wrap -> wrap.recipient().equals(recipient));
    Bytes wrap =
        Wrap.seal(
            secret,
            statement,
            world.cards.byFingerprint(recipient),
            alice.account.identity,
            world.random);
    inside.wraps.add(
        new WorldRoom.Wrapped(1, recipient, alice.account.identity.fingerprint(), wrap));
  }

  @Test
  void aRekeyOfAnotherSignerIsRefusedAndNothingIsSent() {
    Room his = bob.room(inside);
    Heard heard = bob.listen(his);
    WorldRoom.Epoch forged = inside.sign(RekeyKind.RATCHET, 1, SigningKey.generate(world.random));
    inside.append(
        EntryKind.REKEY,
        MemberTag.NONE,
        forged.rekey().n(),
        world.newMessageId(),
        forged.rekey().encoded());
    world.loop.settle();

    assertThat(heard.warningKinds()).contains(RoomWarning.Kind.TAMPERED);
    assertThat(his.state()).isEqualTo(RoomState.KEYS_BEHIND);
    Throwable failure = catchThrowable(() -> bob.await(his.publish(Content.text("into the trap"))));
    assertThat(kind(failure)).isEqualTo(Kind.KEYS_BEHIND);
  }

  @Test
  void aRekeyThatLeavesOneOutIsRefused() {
    Heard heard = bob.listen(bob.room(inside));
    WorldRoom.Epoch hidden = inside.sign(RekeyKind.RATCHET, 1, world.controlKey);
    inside.epochs.put(hidden.rekey().n(), hidden);
    WorldRoom.Epoch next = inside.sign(RekeyKind.RATCHET, 1, SigningKey.generate(world.random));
    inside.append(
        EntryKind.REKEY,
        MemberTag.NONE,
        next.rekey().n(),
        world.newMessageId(),
        next.rekey().encoded());
    world.loop.settle();

    assertThat(heard.warningKinds()).contains(RoomWarning.Kind.TAMPERED);
  }

  @Test
  void aRekeyBackToASecretThatARemovedMemberKnowsIsRefused() {
    Heard heard = alice.listen(hers);
    alice.await(hers.remove("bob"));
    world.loop.settle();
    assertThat(heard.warnings).isEmpty();

    inside.rekey(RekeyKind.IMMEDIATE_RESET, 1);
    world.loop.settle();

    assertThat(heard.warningKinds()).contains(RoomWarning.Kind.TAMPERED);
  }

  @Test
  void aReplayedMessageIsRefused() {
    Heard heard = bob.listen(bob.room(inside));
    alice.say(hers, "pay 100");
    Entry original = inside.log.get(inside.log.size() - 1);

    inside.append(
        EntryKind.MESSAGE, original.tag(), original.epoch(), original.id(), original.body());
    world.loop.settle();

    assertThat(heard.texts()).containsExactly("pay 100");
  }

  @Test
  void theSameNumberTwiceIsRefused() {
    Heard heard = bob.listen(bob.room(inside));
    EpochKey key = key(inside.epoch(), secret(alice.account.identity, 1));
    for (int i = 0; i < 2; i++) {
      MessageId id = world.newMessageId();
      Bytes envelope = seal(key, alice.account.identity, tag(alice), id, 5);
      inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    }
    world.loop.settle();

    assertThat(heard.messages).hasSize(1);
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
  }

  @Test
  void aHoleInTheNumbersIsReported() {
    Heard heard = bob.listen(bob.room(inside));
    EpochKey key = key(inside.epoch(), secret(alice.account.identity, 1));
    for (long seq : new long[] {5, 7}) {
      MessageId id = world.newMessageId();
      Bytes envelope = seal(key, alice.account.identity, tag(alice), id, seq);
      inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    }
    world.loop.settle();

    assertThat(heard.messages).hasSize(2);
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.HOLE);
  }

  @Test
  void aMemberCannotSpeakUnderTheTagOfAnother() {
    Heard heard = alice.listen(hers);
    MessageId id = world.newMessageId();
    EpochKey key = key(inside.epoch(), secret(bob.account.identity, 1));
    Bytes envelope = seal(key, bob.account.identity, tag(alice), id, 1);
    inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    world.loop.settle();

    assertThat(heard.messages).isEmpty();
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
  }

  @Test
  void aReaderCannotWrite() {
    TestUser carol = new TestUser(world, "carol");
    alice.await(hers.invite("carol", Role.READER));
    Heard heard = alice.listen(hers);
    MessageId id = world.newMessageId();
    EpochKey key = key(inside.epoch(), secret(carol.account.identity, 1));
    Bytes envelope = seal(key, carol.account.identity, tag(carol), id, 1);
    inside.append(EntryKind.MESSAGE, tag(carol), inside.epoch(), id, envelope);
    world.loop.settle();

    assertThat(heard.messages).isEmpty();
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
    Room theirs = carol.room(inside);
    Throwable failure = catchThrowable(() -> carol.await(theirs.publish(Content.text("hm"))));
    assertThat(kind(failure)).isEqualTo(Kind.NOT_ALLOWED);
  }

  @Test
  void aMessageOfARemovedMemberAfterTheResetIsRefused() {
    Heard heard = alice.listen(hers);
    MemberTag former = tag(bob);
    int epoch = inside.epoch();
    EpochKey key = key(epoch, secret(bob.account.identity, 1));
    MessageId id = world.newMessageId();
    Bytes envelope = seal(key, bob.account.identity, former, id, 1);
    alice.await(hers.remove("bob"));

    // He and a hub together: an entry of the old epoch behind the reset.
    inside.append(EntryKind.MESSAGE, former, epoch, id, envelope);
    world.loop.settle();

    assertThat(heard.messages).isEmpty();
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.REFUSED);
    var page = alice.await(hers.history(100));
    assertThat(page.messages()).isEmpty();
    assertThat(page.warnings())
        .extracting(RoomWarning::kind)
        .containsExactly(RoomWarning.Kind.REFUSED);
  }

  @Test
  void aMemberShownAnotherChainIsNoticedByHisMessages() {
    Heard heard = alice.listen(hers);
    MessageId id = world.newMessageId();
    EpochKey key = key(inside.epoch(), secret(bob.account.identity, 1));
    Message message =
        new Message(
            new DeviceId(99),
            1,
            world.loop.wallMillis(),
            new dev.zamok.crypto.chain.ChainHead(
                chain().head().index(), Hash.of(Bytes.wrap(new byte[] {1}))),
            Position.ZERO,
            ContentCodec.encode(Content.text("hi"), Carrier.MESSAGE));
    Bytes envelope =
        MessageEnvelope.seal(
            key, MessageAddress.message(tag(bob), id), message, bob.account.identity, world.random);
    inside.append(EntryKind.MESSAGE, tag(bob), inside.epoch(), id, envelope);
    world.loop.settle();

    assertThat(heard.messages).isEmpty();
    assertThat(heard.warningKinds()).containsExactly(RoomWarning.Kind.TAMPERED);
  }

  @Test
  void historyThatLeavesOutAMessageIsNoticed() {
    for (String text : new String[] {"one", "two", "three"}) {
      alice.say(hers, text);
    }
    TestUser victim =
        withAuthority(
            new WorldSession(world, world.account("bob")) {
              @Override
              protected Answers.HistoryPage page(WorldRoom room, List<Entry> all, boolean more) {
                List<Entry> less =
                    all.stream().filter(entry -> !entry.equals(all.get(all.size() - 2))).toList();
                return super.page(room, less, more);
              }
            });

    var page = victim.await(victim.room(inside).history(100));

    assertThat(page.messages()).extracting(Heard::text).containsExactly("one", "three");
    assertThat(page.warnings())
        .extracting(RoomWarning::kind)
        .containsExactly(RoomWarning.Kind.INCOMPLETE);
  }

  @Test
  void historyThatHidesTheEndOfTheRoomIsNoticed() {
    TestUser victim =
        withAuthority(
            new WorldSession(world, world.account("bob")) {
              @Override
              protected Answers.HistoryPage page(WorldRoom room, List<Entry> all, boolean more) {
                return super.page(room, all.subList(0, all.size() - 1), more);
              }
            });
    Room his = victim.room(inside);
    victim.listen(his);
    alice.say(hers, "news");

    var page = victim.await(his.history(100));

    assertThat(page.warnings())
        .extracting(RoomWarning::kind)
        .containsExactly(RoomWarning.Kind.INCOMPLETE);
  }
}

package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.message.Message;
import dev.zamok.crypto.message.MessageAddress;
import dev.zamok.crypto.message.MessageEnvelope;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.ContentCodec;
import org.junit.jupiter.api.Test;

/** What malicious servers try with who is in a sealed room. */
class ChainAttackTest extends Attack {
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
  void anExtensionThatDoesNotVerifyTakesNothingAwayFromWhatDid() {
    Room his = bob.room(inside);
    Heard heard = bob.listen(his);
    Statement honest =
        chain()
            .propose(
                new ChainOp.Member(bob.account.identity.fingerprint(), Role.READER, tag(bob)),
                world.loop.wallMillis(),
                alice.account.identity);
    byte[] forged = honest.encoded().toByteArray();
    forged[forged.length - 1] ^= 1;
    inside.statements.add(Bytes.wrap(forged));
    inside.hint(EntryKind.MEMBER);
    world.loop.settle();

    assertThat(heard.warningKinds()).contains(RoomWarning.Kind.TAMPERED);
    // Nothing is sent any more, but what the others say is still read.
    Throwable failure = catchThrowable(() -> bob.await(his.publish(Content.text("hm"))));
    assertThat(kind(failure)).isEqualTo(Kind.KEYS_BEHIND);
    MessageId id = world.newMessageId();
    EpochKey key = key(inside.epoch(), secret(alice.account.identity, 1));
    Bytes envelope = seal(key, alice.account.identity, tag(alice), id, 1);
    inside.append(EntryKind.MESSAGE, tag(alice), inside.epoch(), id, envelope);
    world.loop.settle();
    assertThat(heard.messages).hasSize(1);
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
}

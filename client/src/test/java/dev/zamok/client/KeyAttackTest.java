package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.content.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What malicious servers try with the keys of a sealed room. */
class KeyAttackTest extends Attack {
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
}

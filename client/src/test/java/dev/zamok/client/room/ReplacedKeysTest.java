package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldAccount;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Somebody in a group has other keys than when he came. */
class ReplacedKeysTest {
  private final World world = new World();
  private final SigningKey signing = SigningKey.generate(world.random);
  private final AgreementKey agreement = AgreementKey.generate(world.random);
  private final Card first = Card.first(new AccountId(4, 5), signing, agreement);

  private Identity replaced() {
    SigningKey next = SigningKey.generate(world.random);
    AgreementKey agreed = AgreementKey.generate(world.random);
    return new Identity(first.successor(signing, next, agreed), next, agreed);
  }

  private void is(Identity identity) {
    WorldAccount account = new WorldAccount("bob", identity);
    world.accounts.put("bob", account);
    world.byFingerprint.put(identity.fingerprint(), account);
  }

  private static void put(WorldMember alice, RoomEngine group) {
    alice.await(
        alice
            .around
            .directory()
            .lookup("bob")
            .thenCompose(contact -> group.people().put(contact, Role.WRITER)));
  }

  @Test
  void whoIsAddedAgainWithNewKeysIsInTheGroupByThoseAlone() {
    is(new Identity(first, signing, agreement));
    WorldMember alice = new WorldMember(world, "alice");
    RoomEngine group = alice.make(RoomKind.GROUP, "operators");
    put(alice, group);
    Identity now = replaced();
    is(now);

    put(alice, group);

    isInByThoseAlone(alice, group, now);
  }

  @Test
  void whoIsAddedAgainWithNewKeysToSeveralAtOnceIsInTheRoomByThoseAlone() {
    is(new Identity(first, signing, agreement));
    WorldMember alice = new WorldMember(world, "alice");
    RoomEngine room = alice.make(RoomKind.SAFE, "papers");
    putWithOthers(alice, room);
    Identity now = replaced();
    is(now);

    putWithOthers(alice, room);

    isInByThoseAlone(alice, room, now);
  }

  @Test
  void formerKeysOfSomebodyWhoIsInByNewOnesTooGoWhenTheSameIsSaidAgain() {
    is(new Identity(first, signing, agreement));
    WorldMember alice = new WorldMember(world, "alice");
    RoomEngine group = alice.make(RoomKind.GROUP, "operators");
    put(alice, group);
    Identity now = replaced();
    is(now);
    addBeside(alice, group, now);

    put(alice, group);

    isInByThoseAlone(alice, group, now);
  }

  @Test
  void whoIsPutOutIsOutByAllHisKeys() {
    is(new Identity(first, signing, agreement));
    WorldMember alice = new WorldMember(world, "alice");
    RoomEngine group = alice.make(RoomKind.GROUP, "operators");
    put(alice, group);
    Identity now = replaced();
    is(now);
    addBeside(alice, group, now);

    alice.await(
        alice
            .around
            .directory()
            .lookup("bob")
            .thenCompose(contact -> group.people().remove(contact)));

    assertThat(chain(group).members())
        .extracting(ChainMember::fingerprint)
        .containsExactly(alice.account.identity.fingerprint());
  }

  private static void putWithOthers(WorldMember alice, RoomEngine room) {
    alice.await(
        alice
            .around
            .directory()
            .lookup("bob")
            .thenCompose(contact -> room.folders().put(Map.of(contact, Role.WRITER))));
  }

  /** As a client did that knew only one of the two cards. */
  private void addBeside(WorldMember alice, RoomEngine group, Identity now) {
    alice.await(alice.around.directory().lookup("bob"));
    Draft draft =
        new Draft(chain(group).copy(), alice.around.directory(), alice.around.signer(), null);
    draft.propose(new ChainOp.Member(now.fingerprint(), Role.WRITER, draft.newTag()));
    alice.await(alice.around.authority().extend(group.id(), draft.extension()));
    assertThat(chain(group).members()).hasSize(3);
  }

  private RoomChain chain(RoomEngine engine) {
    return Objects.requireNonNull(world.room(engine.id()).chain);
  }

  private void isInByThoseAlone(WorldMember alice, RoomEngine engine, Identity now) {
    WorldRoom room = world.room(engine.id());
    assertThat(room.chain).isNotNull();
    assertThat(room.chain.members())
        .extracting(ChainMember::fingerprint)
        .containsExactly(alice.account.identity.fingerprint(), now.fingerprint());
    assertThat(room.chain.generation()).isEqualTo(2);
    assertThat(room.wraps)
        .filteredOn(wrap -> wrap.generation() == 2)
        .extracting(WorldRoom.Wrapped::recipient)
        .doesNotContain(first.fingerprint())
        .contains(now.fingerprint());
  }
}

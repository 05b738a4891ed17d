package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What members of a group try with the rooms that it is in. Alice owns the rooms and is in the
 * group; Bob administers it.
 */
class GroupAttackTest {
  private final World world = new World();
  private final WorldMember alice = new WorldMember(world, "alice");
  private final WorldMember bob = new WorldMember(world, "bob");
  private final WorldMember carol = new WorldMember(world, "carol");
  private final RoomEngine group = alice.make(RoomKind.GROUP, "operators");
  private final RoomEngine safe = alice.make(RoomKind.SAFE, "servers");

  GroupAttackTest() {
    put(group, bob, Role.ADMIN);
    put(group, carol, Role.WRITER);
  }

  private void put(RoomEngine room, WorldMember who, Role role) {
    alice.await(
        alice
            .around
            .directory()
            .lookup(who.account.login)
            .thenCompose(contact -> room.people().put(contact, role)));
  }

  private static RoomChain chain(WorldRoom room) {
    assertThat(room.chain).isNotNull();
    return room.chain;
  }

  private Kind refused(CompletableFuture<?> future) {
    return ClientProblem.in(catchThrowable(() -> alice.await(future))).kind();
  }

  /** The next generation of the group, by Bob, who names the card of quite another secret. */
  private void nameWrongCard() {
    WorldRoom room = world.room(group.id());
    RoomChain draft = chain(room).copy();
    Identity author = bob.account.identity;
    RoomSecret before = secret(room, author);
    RoomSecret made = RoomSecret.random(group.id(), 2, world.random);
    RoomSecret other = RoomSecret.random(group.id(), 2, world.random);
    List<Bytes> statements = new ArrayList<>();
    Statement generation = null;
    for (ChainOp op :
        List.of(
            new ChainOp.Generation(2, made.commit(), made.prevLink(before, world.random)),
            ChainOp.GroupCard.of(GroupKeys.of(other).card()))) {
      Statement next = draft.propose(op, world.loop.wallMillis(), author);
      draft.append(next, world.cards);
      statements.add(next.encoded());
      generation = generation == null ? next : generation;
    }
    List<SessionApi.NewWrap> wraps = new ArrayList<>();
    for (WorldMember member : List.of(alice, bob, carol)) {
      Fingerprint whose = member.account.identity.fingerprint();
      wraps.add(
          new SessionApi.NewWrap(
              2,
              whose,
              Wrap.seal(
                  made, generation.hash(), member.account.identity.card(), author, world.random)));
    }
    room.extend(bob.account, new SessionApi.Extension(statements, wraps, null));
  }

  /** The first one of the room, as that member gets it. */
  private RoomSecret secret(WorldRoom room, Identity member) {
    WorldRoom.Wrapped own =
        room.wraps.stream()
            .filter(wrap -> wrap.recipient().equals(member.fingerprint()))
            .findFirst()
            .orElseThrow();
    return Wrap.open(own.wrap(), chain(room), 1, world.cards.byFingerprint(own.wrapper()), member);
  }

  @Test
  void aMemberOfTheGroupNamesACardThatIsNotThatOfItsSecret() {
    alice.await(safe.people().putGroup(group.id(), Role.READER));
    nameWrongCard();

    assertThat(alice.await(safe.people().settleGroups())).as("it is owed still").isTrue();
    WorldRoom room = world.room(safe.id());
    assertThat(chain(room).groups()).singleElement().matches(here -> here.g() == 1);
    assertThat(chain(room).generation()).isEqualTo(1);

    RoomEngine other = alice.make(RoomKind.SAFE, "another");
    assertThat(refused(other.people().putGroup(group.id(), Role.READER))).isEqualTo(Kind.TAMPERED);
    assertThat(chain(world.room(other.id())).groups()).isEmpty();

    // It does not hold the safe: it is put out, and the safe has a secret without it.
    alice.await(safe.people().removeGroup(group.id()));
    assertThat(chain(room).groups()).isEmpty();
    assertThat(chain(room).generation()).isEqualTo(2);
  }

  @Test
  void aStaleGroupStaysInAFolderByTheCardThatTookThePlaceOfItsOwn() {
    RoomEngine inner =
        alice.engine(alice.await(new NewFolder(alice.around).make(safe, "inner", Map.of())).room());
    alice.await(inner.people().putGroup(group.id(), Role.READER));
    Map<Contact, @Nullable Role> out = new HashMap<>();
    alice.await(inner.people().members()).stream()
        .map(RoomMember::contact)
        .filter(Contact::isGroup)
        .forEach(contact -> out.put(contact, null));
    alice.await(group.people().member("carol").thenCompose(group.people()::remove));

    alice.await(inner.folders().put(out));

    RoomChain chain = chain(world.room(inner.id()));
    assertThat(chain.groups()).isEmpty();
    assertThat(chain.generation()).isEqualTo(2);
  }

  @Test
  void aFolderIsMovedAndNamedAnewWhileItsGroupHasOtherMembers() {
    RoomEngine inner =
        alice.engine(alice.await(new NewFolder(alice.around).make(safe, "inner", Map.of())).room());
    alice.await(inner.people().putGroup(group.id(), Role.READER));
    RoomEngine elsewhere = alice.make(RoomKind.SAFE, "elsewhere");
    ChainHead at = chain(world.room(inner.id())).head();
    ChainHead listed =
        alice.await(elsewhere.folders().list(inner.id(), at).thenApply(one -> one.added()));
    Bytes name = world.room(inner.id()).info;
    carol.await(carol.engine(group.id()).leave());

    assertThat(refused(inner.folders().moveTo(elsewhere.id(), listed, "new name")))
        .isEqualTo(Kind.GENERATION_OWED);

    assertThat(world.room(inner.id()).info).as("sealed for who left").isEqualTo(name);
    assertThat(chain(world.room(inner.id())).movedBy()).isNull();
  }
}

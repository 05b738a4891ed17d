package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChildAct;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is tried at the authority with a group in a folder. Ada owns the safe, its folder and the
 * group; Brian is in the group; Carol administers the safe without reading the folder, and is in
 * the group where a test says so.
 */
class FolderGroupAttackTest {
  private static final int MEMBER = 1;
  private static final int REMOVE = 2;
  private static final int ITEM = 4;
  private static final int CHILD = 8;
  private static final int GROUP_MEMBER = 11;
  private static final int GROUP_MEMBER_SIZE = 16 + 32 + 132 + 1 + 8;

  @TempDir Path directory;
  private RoomBed bed;
  private TestMember ada;
  private TestMember brian;
  private TestMember carol;
  private ChainMaker group;
  private ChainMaker safe;
  private ChainMaker folder;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    ada = bed.town().join("ada");
    brian = bed.town().join("brian");
    carol = bed.town().join("carol");
    group = ChainMaker.begin(ada, RoomKind.GROUP, History.FULL).add(ada, brian, Role.WRITER);
    create(group, RoomKind.GROUP, null);
    safe = ChainMaker.begin(ada, RoomKind.SAFE, History.FULL).add(ada, carol, Role.ADMIN);
    create(safe, RoomKind.SAFE, null);
    safe.addGroup(ada, group, Role.READER);
    extended(ada, safe);
    folder = ChainMaker.folder(ada, safe.room()).know(carol);
    folder.does(ada, new ChainOp.Member(carol.fingerprint(), Role.STEWARD, carol.tag()));
    safe.does(ada, new ChainOp.Child(folder.room(), ChildAct.ADD, folder.chain().head()));
    extended(ada, safe);
    create(folder, RoomKind.FOLDER, safe.chain().head().index());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private void create(ChainMaker maker, RoomKind kind, @Nullable Integer listedAt) {
    Extension extension = maker.extension(ada);
    bed.on(
        () ->
            bed.rooms().sealed().create(ada.principal(), kind, History.FULL, extension, listedAt));
  }

  private Future<Room> extend(TestMember by, ChainMaker maker) {
    return sends(by, maker, maker.extension(by));
  }

  private Future<Room> sends(TestMember by, ChainMaker maker, Extension extension) {
    return bed.run(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  private void extended(TestMember by, ChainMaker maker) {
    Extension extension = maker.extension(by);
    bed.on(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  private void given(Role role) {
    folder.addGroup(ada, group, role);
    extended(ada, folder);
  }

  private Optional<Role> role(TestMember who) {
    return bed.on(() -> bed.rooms().membership(who.account(), folder.room())).map(Membership::role);
  }

  private Identity keys() {
    return GroupKeys.of(group.secret());
  }

  private static void refuses(Future<?> future, Problem problem) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }

  /** Nothing beside the statement: what the cargo would check comes after the rules of groups. */
  private static final class AnyCargo implements Cargo {
    @Override
    public void before(RoomChain chain) {}

    @Override
    public void check(RoomChain chain, List<Statement> fresh) {}

    @Override
    public Future<Void> store(RoomId room) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> stored(RoomId room, List<Statement> statements) {
      return Future.succeededFuture();
    }
  }

  private Future<Void> writes(TestMember who, Identity as) {
    Bytes body =
        new ByteWriter()
            .bytes(new ItemId(1, 2).toBytes())
            .u32(1)
            .u8(1)
            .bytes(Hash.of(Bytes.fromHex("aa")).bytes())
            .toBytes();
    Bytes statement = Forgery.statement(folder.chain(), as, ITEM, body);
    return bed.run(
        () ->
            bed.rooms().extend(who.principal(), folder.room(), List.of(statement), new AnyCargo()));
  }

  /** What is signed that the rules of chains forbid. */
  private void refuses(TestMember who, Identity as, int op, Bytes body) {
    Bytes statement = Forgery.statement(folder.chain(), as, op, body);
    refuses(
        sends(who, folder, new Extension(List.of(statement), List.of(), null)),
        Problem.CHAIN_INVALID);
  }

  private List<Wraps.Kept> wraps(TestMember who) {
    return bed.on(() -> bed.rooms().desk().wraps(who.account(), folder.room()));
  }

  @Test
  void aGroupWhoseSafeReadsHasNothingOfAFolderOfNone() {
    assertThat(role(brian)).isEmpty();
    refuses(
        bed.run(() -> bed.rooms().desk().wraps(brian.account(), folder.room())), Problem.NOT_FOUND);
    refuses(
        bed.run(() -> bed.rooms().desk().statements(brian.account(), folder.room(), 0, null)),
        Problem.NOT_FOUND);
    refuses(writes(brian, keys()), Problem.NOT_FOUND);
    given(Role.READER);
    assertThat(role(brian)).contains(Role.READER);
    assertThat(wraps(brian))
        .extracting(Wraps.Kept::recipient)
        .containsExactly(keys().fingerprint());
  }

  @Test
  void aGhostGroupIsPutIntoAFolder() {
    RoomSecret made =
        new RoomSecret(group.room(), 1, SecretBytes.random(bed.random(), RoomSecret.SIZE));
    ChainGroup named = group.chain().groupCard(1);
    folder.addGroup(
        ada,
        new ChainGroup(group.room(), 1, named.statement(), GroupKeys.of(made).card()),
        Role.READER);
    refuses(extend(ada, folder), Problem.CHAIN_INVALID);
    assertThat(role(brian)).isEmpty();
  }

  @Test
  void aStaleGenerationOfAGroupIsPutIntoAFolder() {
    ChainGroup old = group.chain().groupCard(1);
    group.remove(ada, brian).generation(ada);
    extended(ada, group);
    folder.addGroup(ada, old, Role.READER);
    refuses(extend(ada, folder), Problem.CHAIN_INVALID);
  }

  @Test
  void aFolderIsWrittenToWhileItsGroupHasOtherMembersThanItKnows() {
    given(Role.WRITER);
    Identity known = keys();
    group.remove(ada, brian).generation(ada);
    extended(ada, group);
    assertThat(role(brian)).isEmpty();
    refuses(writes(brian, known), Problem.NOT_FOUND);
    refuses(writes(ada, ada.identity()), Problem.ROOM_STATE);
    ChainMaker idle = folder.fork();
    idle.generation(ada);
    refuses(extend(ada, idle), Problem.ROOM_STATE);

    folder.removeGroup(ada, group, 1).addGroup(ada, group, Role.WRITER).generation(ada);
    extended(ada, folder);
    await(writes(ada, ada.identity()));
  }

  @Test
  void aStewardLetsAGroupIntoAFolder() {
    group.add(ada, carol, Role.WRITER);
    extended(ada, group);
    // The very words by which an admin would.
    Bytes hers = folder.fork().addGroup(ada, group, Role.READER).extension(ada).statements().get(0);
    int end = hers.size() - VerifyKey.SIGNATURE_SIZE;
    refuses(carol, carol.identity(), GROUP_MEMBER, hers.slice(end - GROUP_MEMBER_SIZE, end));
    assertThat(role(carol)).isEmpty();
  }

  @Test
  void aStewardWhoReadsAsAGroupGetsTheSecretOfTheGroupAndNoneOfHisOwn() {
    group.add(ada, carol, Role.WRITER);
    extended(ada, group);
    given(Role.READER);
    assertThat(role(carol)).contains(Role.READER);
    assertThat(wraps(carol))
        .extracting(Wraps.Kept::recipient)
        .containsExactly(keys().fingerprint());
    // He puts it out all the same, and himself with it.
    folder.removeGroup(carol, group, 1);
    extended(carol, folder);
    assertThat(role(carol)).isEmpty();
    assertThat(role(brian)).isEmpty();
    refuses(
        bed.run(() -> bed.rooms().desk().wraps(carol.account(), folder.room())),
        Problem.NOT_PERMITTED);
    refuses(writes(ada, ada.identity()), Problem.CHAIN_INVALID);
    folder.generation(ada);
    extended(ada, folder);
    assertThat(wraps(ada)).hasSize(2);
  }

  @Test
  void aGroupThatWritesAFolderTakesItOver() {
    given(Role.WRITER);
    Bytes himself = brian.fingerprint().bytes();
    Bytes asAdmin = new ByteWriter().bytes(himself).u8(Role.ADMIN.code()).u64(4711).toBytes();
    refuses(brian, keys(), MEMBER, asAdmin);
    refuses(brian, keys(), REMOVE, ada.fingerprint().bytes());
    ChainHead head = folder.chain().head();
    Bytes listed =
        new ByteWriter()
            .bytes(group.room().toBytes())
            .u8(1)
            .u32(head.index())
            .bytes(head.hash().bytes())
            .toBytes();
    refuses(brian, keys(), CHILD, listed);
    await(writes(brian, keys()));
  }
}

package dev.zamok.authority.item;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.room.ChainMaker;
import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.room.RoomMoves;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.Position;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members try with items at the authority. */
class ItemAttackTest {
  private static final ItemId ITEM = new ItemId(1, 2);

  @TempDir Path directory;
  private RoomBed bed;
  private RoomMoves moves;
  private TestMember owner;
  private TestMember writer;
  private TestMember reader;
  private ChainMaker maker;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    moves = new RoomMoves(bed);
    owner = bed.town().join("owner");
    writer = bed.town().join("writer");
    reader = bed.town().join("reader");
    maker = moves.sealed(owner, History.FULL);
    maker.add(owner, writer, Role.WRITER).add(owner, reader, Role.READER);
    moves.extend(owner, maker);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  /** A version with its record, as its author would send them. */
  private record Version(Statement statement, List<StoredRecord> records) {}

  private Version version(TestMember by, ItemId item, int version) {
    return version(by, item, version, maker.secret());
  }

  private Version version(TestMember by, ItemId item, int version, RoomSecret secret) {
    ItemAddress address =
        new ItemAddress(maker.room(), item, version, secret.g(), 1, by.fingerprint());
    var record = ItemRecord.seal(secret, address, new byte[] {7}, bed.random());
    ChainOp.Item op =
        new ChainOp.Item(item, version, ItemAct.PUT, ItemRecord.hash(address, record));
    return new Version(
        sign(by, op), List.of(new StoredRecord(item, version, secret.g(), 1, record)));
  }

  /** Signed whatever the chain says to it. */
  private Statement sign(TestMember by, ChainOp op) {
    return maker.chain().propose(op, 1, by.identity());
  }

  private Future<Void> write(TestMember by, Version version) {
    return bed.run(
        () -> {
          List<Statement> statements = List.of(version.statement());
          ItemCargo cargo = new ItemCargo(bed.store(), statements, version.records());
          return bed.rooms()
              .extend(by.principal(), maker.room(), List.of(version.statement().encoded()), cargo);
        });
  }

  private void written(TestMember by, Version version) {
    bed.on(() -> write(by, version));
    maker.chain().append(version.statement(), f -> by.card());
  }

  private static void refuses(Future<?> future, Problem problem) {
    refused(failure(future), problem);
  }

  private static void refused(Throwable thrown, Problem problem) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }

  private Optional<Row> stored(Version version) {
    ChainOp.Item op = (ChainOp.Item) version.statement().op();
    return bed.on(
        () ->
            bed.store()
                .get(ItemTables.record(maker.room(), op.item(), op.version(), op.recordHash())));
  }

  @Test
  void aWrittenItemIsStoredToldInTheLogAndTakenOnce() {
    Version first = version(writer, ITEM, 1);
    Position head = bed.on(() -> bed.log().state(maker.room())).head();
    written(writer, first);
    bed.on(() -> write(writer, first));
    assertThat(stored(first)).isPresent();
    var entries = bed.on(() -> bed.log().read(maker.room(), head, 10, 1 << 20)).entries();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).kind()).isEqualTo(EntryKind.ITEM);
    assertThat(entries.get(0).body().reader().u32()).isEqualTo(maker.chain().head().index() + 1);
  }

  @Test
  void aVersionThatSomebodyElseWroteIsNotOverwritten() {
    Version mine = version(writer, ITEM, 1);
    Version theirs = version(owner, ITEM, 1);
    written(writer, mine);
    refuses(write(owner, theirs), Problem.VERSION_CONFLICT);
    Version other = version(owner, new ItemId(3, 4), 1);
    written(writer, version(writer, ITEM, 2));
    refuses(write(owner, other), Problem.CHAIN_CONFLICT);
    assertThat(stored(mine)).isPresent();
  }

  @Test
  void aReaderWritesAnItem() {
    Version forged = forged(reader);
    refuses(write(reader, forged), Problem.CHAIN_INVALID);
    assertThat(stored(forged)).isEmpty();
    // It is one in nothing but the right: by a writer the same is taken.
    Version honest = forged(writer);
    bed.on(() -> write(writer, honest));
    assertThat(stored(honest)).isPresent();
  }

  /** A first version, signed after the head of the chain whatever the chain says to it. */
  private Version forged(TestMember by) {
    int g = maker.secret().g();
    ItemAddress address = new ItemAddress(maker.room(), ITEM, 1, g, 1, by.fingerprint());
    var record = ItemRecord.seal(maker.secret(), address, new byte[] {7}, bed.random());
    Bytes op =
        new ByteWriter()
            .bytes(ITEM.toBytes())
            .u32(1)
            .u8(1)
            .bytes(ItemRecord.hash(address, record).bytes())
            .toBytes();
    ChainHead head = maker.chain().head();
    Bytes signed =
        Context.of("chain")
            .room(maker.room())
            .u32(head.index() + 1)
            .hash(head.hash())
            .bytes(by.fingerprint().bytes())
            .u64(1)
            .u8(4)
            .sized(op)
            .toBytes();
    Bytes whole = new ByteWriter().bytes(signed).bytes(by.identity().sign(signed)).toBytes();
    return new Version(Statement.parse(whole), List.of(new StoredRecord(ITEM, 1, g, 1, record)));
  }

  @Test
  void aRecordUnderTheSecretThatARemovedMemberKnowsIsRefused() {
    RoomSecret known = maker.secret();
    maker.remove(owner, reader).generation(owner);
    moves.extend(owner, maker);
    refuses(write(writer, version(writer, ITEM, 1, known)), Problem.ITEM_INVALID);
  }

  @Test
  void theRecordOfAnotherVersionComesWithAStatement() {
    Version mine = version(writer, ITEM, 1);
    Version other = version(writer, ITEM, 1);
    refuses(write(writer, new Version(mine.statement(), other.records())), Problem.ITEM_INVALID);
    written(writer, mine);
  }

  @Test
  void aStatementAboutAnItemComesWithoutARecord() {
    Version mine = version(writer, ITEM, 1);
    refused(
        moves.extendFails(writer, maker.room(), mine.statement().encoded()), Problem.CHAIN_INVALID);
    Throwable thrown =
        org.assertj.core.api.Assertions.catchThrowable(
            () -> new ItemCargo(bed.store(), List.of(mine.statement()), List.of()));
    refused(thrown, Problem.ITEM_INVALID);
  }

  @Test
  void aRemovedItemIsGoneWithItsVersionsAndDoesNotComeBack() {
    Version first = version(writer, ITEM, 1);
    written(writer, first);
    Version second = version(writer, ITEM, 2);
    written(writer, second);
    Version removal =
        new Version(sign(writer, new ChainOp.Item(ITEM, 3, ItemAct.REMOVE, Hash.ZERO)), List.of());
    written(writer, removal);
    assertThat(stored(first)).isEmpty();
    assertThat(stored(second)).isEmpty();
    ChainHead head = maker.chain().head();
    assertThat(head.index()).isGreaterThan(0);
    Version again = new Version(removal.statement(), List.of());
    bed.on(() -> write(writer, again));
    assertThat(stored(first)).isEmpty();
  }

  /**
   * Fault: the authority ended after the statement of a removal, before the records were dropped.
   */
  @Test
  void aRepeatedRemovalDropsWhatTheFirstOneLeft() {
    Version first = version(writer, ITEM, 1);
    written(writer, first);
    Version removal =
        new Version(sign(writer, new ChainOp.Item(ITEM, 2, ItemAct.REMOVE, Hash.ZERO)), List.of());
    written(writer, removal);
    bed.on(
        () ->
            new ItemCargo(bed.store(), List.of(first.statement()), first.records())
                .store(maker.room()));
    assertThat(stored(first)).isPresent();
    bed.on(() -> write(writer, removal));
    assertThat(stored(first)).isEmpty();
  }

  @Test
  void anOutsiderExtendsARoomThatHeKnowsTheIdOf() {
    TestMember outsider = bed.town().join("outsider");
    Version mine = version(writer, ITEM, 1);
    refuses(
        bed.run(
            () ->
                bed.rooms()
                    .extend(
                        outsider.principal(),
                        maker.room(),
                        List.of(mine.statement().encoded()),
                        new ItemCargo(bed.store(), List.of(mine.statement()), mine.records()))),
        Problem.CHAIN_INVALID);
  }

  /** Attack: one question for everything there is, again and again. */
  @Test
  void anAnswerHoldsNoMoreThanItsBoundHoweverMuchIsAskedFor() {
    ItemId other = new ItemId(3, 4);
    Version one = version(writer, ITEM, 1);
    written(writer, one);
    Version two = version(writer, other, 1);
    written(writer, two);
    JsonArray wanted = new JsonArray();
    List<RowKey> keys = new ArrayList<>();
    for (Version version : List.of(one, two)) {
      ChainOp.Item op = (ChainOp.Item) version.statement().op();
      wanted.add(new JsonObject().put("item", op.item().toString()).put("version", op.version()));
      keys.add(ItemTables.record(maker.room(), op.item(), op.version(), op.recordHash()));
    }
    JsonObject narrow = bed.on(() -> new ItemReading(bed.store(), wanted, keys).read(1));
    assertThat(narrow.getJsonArray("items")).hasSize(1);
    assertThat(narrow.getBoolean("more")).isTrue();
    JsonObject wide = bed.on(() -> new ItemReading(bed.store(), wanted, keys).read(1 << 20));
    assertThat(wide.getJsonArray("items")).hasSize(2);
    assertThat(wide.getBoolean("more")).isFalse();
  }
}

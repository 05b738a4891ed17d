package dev.zamok.authority.item;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.room.Cargo;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainItem;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records that come with statements about items: exactly those that the statements name. */
final class ItemCargo implements Cargo {
  private final SealedStore store;
  private final List<Statement> statements;
  private final Map<Slot, StoredRecord> records = new HashMap<>();
  private final Fingerprint author;

  private record Slot(ItemId item, int version) {}

  /** Fails with {@link Refusal} when statements and records do not belong together. */
  ItemCargo(SealedStore store, List<Statement> statements, List<StoredRecord> given) {
    this.store = store;
    this.statements = statements;
    this.author = statements.get(0).author();
    for (StoredRecord record : given) {
      if (records.put(new Slot(record.item(), record.version()), record) != null) {
        throw invalid("two records of one version");
      }
    }
    int puts = 0;
    for (Statement statement : statements) {
      if (!(statement.op() instanceof ChainOp.Item op)) {
        throw invalid("only statements about items belong here");
      }
      puts += op.act() == ItemAct.PUT ? 1 : 0;
    }
    if (puts != given.size()) {
      throw invalid("not as many records as statements");
    }
  }

  /** Somebody else was first with an item: told apart from a chain that merely grew. */
  @Override
  public void before(RoomChain chain) {
    Map<ItemId, Integer> expected = new HashMap<>();
    for (Statement statement : statements) {
      ChainOp.Item op = (ChainOp.Item) statement.op();
      ChainItem newest = chain.item(op.item());
      int last = expected.getOrDefault(op.item(), newest == null ? 0 : newest.version());
      boolean removed = newest != null && newest.act() == ItemAct.REMOVE;
      if (removed || op.version() != last + 1) {
        throw Refusal.because(
            Problem.VERSION_CONFLICT, removed ? "it was removed" : "version " + last);
      }
      expected.put(op.item(), op.version());
    }
  }

  @Override
  public void check(RoomChain chain, List<Statement> fresh) {
    for (Statement statement : fresh) {
      ChainOp.Item op = (ChainOp.Item) statement.op();
      if (op.act() == ItemAct.PUT) {
        check(chain, op);
      }
    }
  }

  private void check(RoomChain chain, ChainOp.Item op) {
    StoredRecord record = records.get(new Slot(op.item(), op.version()));
    if (record == null) {
      throw invalid("a statement without its record");
    }
    // Under an older secret it would be readable to whom the newest one shuts out.
    if (record.g() != chain.generation()) {
      throw invalid("sealed under another generation than the newest");
    }
    try {
      if (!record.hash(chain.roomId(), author).equals(op.recordHash())) {
        throw invalid("a record that is not the one of its statement");
      }
    } catch (MalformedException e) {
      throw invalid("a record without an address");
    }
  }

  @Override
  public Future<Void> store(RoomId room) {
    List<Future<?>> writes = new ArrayList<>(records.size());
    for (StoredRecord record : records.values()) {
      Hash hash = record.hash(room, author);
      Change insert = Change.insert(ItemTables.version(record.version(), hash), record.body());
      writes.add(
          store
              .batch(ItemTables.ITEM, ItemTables.item(room, record.item()), List.of(insert))
              .map(
                  outcome -> {
                    if (!outcome.applied()) {
                      throw new Unavailable("a record could not be stored", false);
                    }
                    return null;
                  }));
    }
    return Future.all(writes).mapEmpty();
  }

  /** What was removed for good is gone with all its versions. */
  @Override
  public Future<Void> stored(RoomId room, List<Statement> fresh) {
    List<Future<?>> drops = new ArrayList<>();
    for (Statement statement : fresh) {
      ChainOp.Item op = (ChainOp.Item) statement.op();
      if (op.act() == ItemAct.REMOVE) {
        drops.add(store.drop(ItemTables.ITEM, ItemTables.item(room, op.item())));
      }
    }
    return Future.all(drops).mapEmpty();
  }

  private static Refusal invalid(String why) {
    return Refusal.because(Problem.ITEM_INVALID, why);
  }
}

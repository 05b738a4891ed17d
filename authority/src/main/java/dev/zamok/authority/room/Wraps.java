package dev.zamok.authority.room;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wraps of room secrets, kept for their recipients and never opened.
 *
 * <p>They are written before the statements they came with. Their rows name the generation's
 * statement and the first one they came with: wraps whose statements did not get into the chain are
 * never served and never in the way. Of two for one generation the one that came first in the chain
 * is served, so that no later one takes its place.
 *
 * <pre>
 * h(generation statement) 32 ‖ index of the first statement u32 ‖ h of it 32 ‖ wrapper F 32 ‖ wrap 145
 * </pre>
 */
final class Wraps {
  /** How many generations one answer covers, newest first. */
  static final int SERVED_MAX = 500;

  private static final int PARALLEL_MAX = 64;
  private static final int KEY_HASH_BYTES = 8;

  private final SealedStore store;

  Wraps(SealedStore store) {
    this.store = store;
  }

  /** A wrap for a member. */
  record Given(int g, Fingerprint recipient, Bytes wrap) {}

  /** A wrap as its recipient gets it. */
  record Kept(int g, Fingerprint wrapper, Bytes wrap) {}

  /**
   * Where wraps come from.
   *
   * @param first the first of the statements they came with, or the head when they were given later
   */
  record Origin(ChainHead first, Fingerprint wrapper) {
    static Origin of(Statement first) {
      return new Origin(new ChainHead(first.index(), first.hash()), first.author());
    }
  }

  /** Stores wraps by one member. */
  Future<Void> put(RoomChain chain, Origin origin, List<Given> wraps) {
    RoomId room = chain.roomId();
    Future<Void> stored = Future.succeededFuture();
    for (int from = 0; from < wraps.size(); from += PARALLEL_MAX) {
      List<Given> some = wraps.subList(from, Math.min(wraps.size(), from + PARALLEL_MAX));
      stored =
          stored.compose(
              v -> {
                List<Future<?>> writes = new ArrayList<>(some.size());
                for (Given given : some) {
                  writes.add(put(room, statement(chain, given.g()), origin, given));
                }
                return Future.all(writes).mapEmpty();
              });
    }
    return stored;
  }

  private Future<Void> put(RoomId room, Hash statement, Origin origin, Given given) {
    Bytes sort =
        new ByteWriter(32)
            .u32(given.g())
            .bytes(statement.bytes().slice(0, KEY_HASH_BYTES))
            .bytes(origin.first().hash().bytes().slice(0, KEY_HASH_BYTES))
            .bytes(Hash.of(given.wrap()).bytes().slice(0, KEY_HASH_BYTES))
            .toBytes();
    Bytes body =
        new ByteWriter(4 * Hash.SIZE + Wrap.SIZE)
            .bytes(statement.bytes())
            .u32(origin.first().index())
            .bytes(origin.first().hash().bytes())
            .bytes(origin.wrapper().bytes())
            .bytes(given.wrap())
            .toBytes();
    return store
        .batch(
            RoomTables.WRAP,
            RoomTables.wraps(room, given.recipient()),
            List.of(Change.insert(sort, body)))
        .map(
            outcome -> {
              RoomRows.requireApplied(outcome);
              return null;
            });
  }

  /** Newest generation first; one per generation. */
  Future<List<Kept>> of(RoomChain chain, Fingerprint recipient) {
    return store
        .range(RoomTables.WRAP, RoomTables.wraps(chain.roomId(), recipient), Range.last(SERVED_MAX))
        .map(
            rows -> {
              Map<Integer, Placed> kept = new LinkedHashMap<>();
              for (Row row : rows) {
                Placed found = placed(chain, row);
                if (found != null) {
                  kept.merge(found.kept().g(), found, (a, b) -> a.index() <= b.index() ? a : b);
                }
              }
              return kept.values().stream().map(Placed::kept).toList();
            });
  }

  /**
   * A wrap and where in the chain it came.
   *
   * @param index of the first statement it came with
   */
  private record Placed(int index, Kept kept) {}

  private static @Nullable Placed placed(RoomChain chain, Row row) {
    int g = row.sort().reader().u32();
    ByteReader in = row.body().reader();
    Hash statement = Hash.read(in);
    ChainHead first = new ChainHead(in.u32(), Hash.read(in));
    Placed placed = new Placed(first.index(), new Kept(g, Fingerprint.read(in), in.rest()));
    ChainGeneration generation = chain.generation(g);
    boolean came =
        generation != null && generation.statement().equals(statement) && chain.matchesPin(first);
    return came ? placed : null;
  }

  Future<Void> drop(RoomId room, Fingerprint recipient) {
    return store.drop(RoomTables.WRAP, RoomTables.wraps(room, recipient));
  }

  private static Hash statement(RoomChain chain, int g) {
    ChainGeneration generation = chain.generation(g);
    if (generation == null) {
      throw new IllegalArgumentException("no generation " + g);
    }
    return generation.statement();
  }
}

package dev.zamok.client.key;

import dev.zamok.client.cache.CachedRoom;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.contact.Directory;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The chain of one room between runs: what earlier ones verified, and what this one leaves to the
 * next. Belongs to the client's loop.
 */
final class KeptChain implements RoomCache.Chain {
  private final RoomId room;
  private final Directory directory;
  private final RoomCache cache;

  /** As they came; null when they are too many to be kept. */
  private @Nullable List<Bytes> encoded = new ArrayList<>();

  private ChainHead head = ChainHead.NONE;

  KeptChain(RoomId room, Directory directory, RoomCache cache) {
    this.room = room;
    this.directory = directory;
    this.cache = cache;
    cache.keep(this);
  }

  /**
   * What earlier runs verified, not yet compared with the pin; null for nothing. What does not hold
   * is not used: everything is verified from the start then.
   */
  @Nullable CompletableFuture<ChainGrowth> restored() {
    CachedRoom before = cache.load();
    if (before == null) {
      return null;
    }
    List<Statement> statements = new ArrayList<>(before.statements().size());
    try {
      for (Bytes each : before.statements()) {
        statements.add(Statement.parse(each));
      }
      RoomChain replayed = RoomChain.replay(statements, before.head());
      if (replayed.roomId().equals(room)) {
        return ChainGrowth.replayed(room, directory, replayed, statements);
      }
    } catch (MalformedException | ChainException | CryptoFailure e) {
      // Not what this account wrote.
    }
    cache.refuse();
    return null;
  }

  /** The chain has grown by these. */
  void add(List<Statement> statements, ChainHead newest) {
    head = newest;
    List<Bytes> kept = encoded;
    if (kept != null) {
      statements.forEach(statement -> kept.add(statement.encoded()));
      encoded = kept.size() > CachedRoom.STATEMENTS_MAX ? null : kept;
    }
  }

  @Override
  public @Nullable List<Bytes> statements() {
    return head.equals(ChainHead.NONE) ? null : encoded;
  }

  @Override
  public ChainHead head() {
    return head;
  }
}

package dev.zamok.authority.epoch;

import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write what only the authority writes, per partition of the log.
 *
 * <p>Every start takes all of them with a token one higher than the last, kept in the store; who
 * had them before is refused by the log from then on. A lease that was taken from us is not taken
 * back: this process stops rotating and is not ready any more.
 */
public final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final int ROUNDS_MAX = 8;

  private final RoomLog log;
  private final List<Long> tokens;
  private boolean held = true;

  private Leases(RoomLog log, List<Long> tokens) {
    this.log = log;
    this.tokens = List.copyOf(tokens);
  }

  /** Takes the leases of all partitions. */
  public static Future<Leases> claim(SealedStore store, RoomLog log) {
    return claim(store, log, 0, new ArrayList<>());
  }

  private static Future<Leases> claim(
      SealedStore store, RoomLog log, int partition, List<Long> tokens) {
    if (partition == log.partitions()) {
      return Future.succeededFuture(new Leases(log, tokens));
    }
    return raise(store, EpochTables.lease(partition), ROUNDS_MAX)
        .compose(
            token -> {
              tokens.add(token);
              return log.claim(partition, token);
            })
        .compose(v -> claim(store, log, partition + 1, tokens));
  }

  private static Future<Long> raise(SealedStore store, RowKey key, int rounds) {
    if (rounds == 0) {
      return Future.failedFuture(new Unavailable("others keep taking the lease", false));
    }
    return store
        .get(key)
        .compose(
            found -> {
              long token = found.map(Leases::token).orElse(0L) + 1;
              var body = new ByteWriter(16).u64(token).toBytes();
              return found
                  .map(row -> store.put(key, row.version(), body))
                  .orElseGet(() -> store.insert(key, body))
                  .compose(
                      outcome ->
                          outcome.applied()
                              ? Future.succeededFuture(token)
                              : raise(store, key, rounds - 1));
            });
  }

  private static long token(Row row) {
    return row.body().reader().u64();
  }

  /** False once any lease was taken over by another process. */
  public boolean held() {
    return held;
  }

  public long token(RoomId room) {
    return tokens.get(log.partitionOf(room));
  }

  public long token(int partition) {
    return tokens.get(partition);
  }

  /** Notes that the log refused our token. */
  public void lost() {
    if (held) {
      held = false;
      LOG.error("another authority took over: rotating and archiving stop here");
    }
  }

  /** Fails with {@link Unavailable} once a lease was lost. */
  public <T> Future<T> whileHeld(Supplier<Future<T>> task) {
    return held
        ? task.get()
        : Future.failedFuture(new Unavailable("this authority is no longer in charge", false));
  }
}

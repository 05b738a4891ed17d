package dev.zamok.authority.link;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps secrets for links, and gives each out as often as its author said. */
final class LinkDesk {
  static final Duration LIFE_MAX = Duration.ofDays(30);

  /** Then it is gone: a code is not to be guessed. */
  static final int WRONG_MAX = 5;

  private static final int ROUNDS_MAX = 8;

  private final SealedStore store;
  private final Clock clock;

  LinkDesk(SealedStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What an opening gave.
   *
   * @param viewsLeft after it
   */
  record Opened(Bytes sealed, int viewsLeft) {}

  Future<Void> put(Bytes id, StoredLink link) {
    long now = clock.millis();
    if (link.expiresMillis() <= now || link.expiresMillis() > now + LIFE_MAX.toMillis()) {
      throw Refusal.because(Problem.REQUEST_INVALID, "a link lives for at most 30 days");
    }
    Change insert = new Change.Insert(Bytes.EMPTY, link.body(), expiry(link));
    return store.batch(LinkTables.LINK, id, List.of(insert)).compose(LinkDesk::requireApplied);
  }

  /** Of two at once exactly one gets the last view. */
  Future<Opened> open(Bytes id, Bytes token) {
    return open(id, token, ROUNDS_MAX);
  }

  private Future<Opened> open(Bytes id, Bytes token, int rounds) {
    if (rounds == 0) {
      return Future.failedFuture(new Unavailable("a link is contended", false));
    }
    return row(id)
        .compose(
            row -> {
              StoredLink link = StoredLink.of(row.body());
              boolean right =
                  MessageDigest.isEqual(
                      Hash.of(token).bytes().toByteArray(), link.tokenHash().bytes().toByteArray());
              StoredLink next = right ? link.viewed() : link.tried();
              boolean gone = next.views() == 0 || next.wrong() >= WRONG_MAX;
              return replace(id, row, gone ? null : next)
                  .compose(
                      outcome -> {
                        if (!outcome.applied()) {
                          return open(id, token, rounds - 1);
                        }
                        if (!right) {
                          throw Problem.NOT_PERMITTED.refusal();
                        }
                        return Future.succeededFuture(new Opened(link.sealed(), next.views()));
                      });
            });
  }

  /** By its author; nothing happens when it is gone already. */
  Future<Void> revoke(Bytes id, AccountId author) {
    return row(id)
        .compose(
            row -> {
              if (!StoredLink.of(row.body()).account().equals(author)) {
                throw Problem.NOT_FOUND.refusal();
              }
              return replace(id, row, null).compose(LinkDesk::requireApplied);
            });
  }

  private Future<Row> row(Bytes id) {
    return store
        .get(LinkTables.link(id))
        .map(
            found -> {
              Row row = found.orElseThrow(Problem.NOT_FOUND::refusal);
              if (StoredLink.of(row.body()).expiresMillis() <= clock.millis()) {
                throw Problem.NOT_FOUND.refusal();
              }
              return row;
            });
  }

  private Future<Outcome> replace(Bytes id, Row row, @Nullable StoredLink next) {
    Change change =
        next == null
            ? Change.delete(Bytes.EMPTY, row.version())
            : new Change.Put(Bytes.EMPTY, row.version(), next.body(), expiry(next));
    return store.batch(LinkTables.LINK, id, List.of(change));
  }

  private static Instant expiry(StoredLink link) {
    return Instant.ofEpochMilli(link.expiresMillis());
  }

  private static Future<Void> requireApplied(Outcome outcome) {
    return outcome.applied()
        ? Future.succeededFuture()
        : Future.failedFuture(Problem.CONFLICT.refusal());
  }
}

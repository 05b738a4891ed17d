package dev.zamok.authority.lease;

import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings leases that are ours by the store to the log, which refuses the holder before from then
 * on, and has their users take up what he left.
 *
 * <p>Each step looks again whether the lease is held since the same token: it may have been lost,
 * or lost and taken again, while the step before was under way.
 */
final class LeaseClaims {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseClaims.class);

  private final RoomLog log;
  private final Leases leases;

  /** Tokens of leases that are ours by the store, and not known to the log yet. */
  private final Map<Integer, Long> underWay = new HashMap<>();

  private final Set<Integer> reopening = new HashSet<>();

  LeaseClaims(RoomLog log, Leases leases) {
    this.log = log;
    this.leases = leases;
  }

  Set<Integer> underWay() {
    return Set.copyOf(underWay.keySet());
  }

  /** It is another's: should the log still take the claim, nothing follows from it. */
  void forget(int partition) {
    underWay.remove(partition);
  }

  void forgetAll() {
    underWay.clear();
  }

  /** Fails when one of them cannot be claimed; it is not held then, and comes up again. */
  Future<Void> claimAll(List<LeaseRow> taken) {
    List<Future<Void>> claims = new ArrayList<>();
    for (LeaseRow row : taken) {
      leases.reached(row.partition(), row.floor());
      claims.add(claim(row.partition(), row.token()));
    }
    return Future.join(claims).mapEmpty();
  }

  private Future<Void> claim(int partition, long token) {
    underWay.put(partition, token);
    return log.claim(partition, token, leases.floor(partition))
        .compose(
            v -> {
              if (!underWay.remove(partition, token)) {
                return Leases.<Void>notInCharge();
              }
              leases.taken(partition, token);
              return each(partition, token, user -> user.gained(partition));
            })
        .onSuccess(v -> leases.serving(partition))
        .onFailure(
            failure -> {
              LOG.warn("partition {} cannot be taken over yet: {}", partition, failure.toString());
              underWay.remove(partition, token);
              if (leases.holds(partition, token)) {
                leases.gone(partition);
              }
            });
  }

  /**
   * A partition that lost everything, or that may have lost something, is opened by nothing else.
   */
  void reopen(int partition) {
    if (!leases.serves(partition) || !reopening.add(partition)) {
      return;
    }
    long token = leases.token(partition);
    log.reclaim(partition, token, leases.floor(partition))
        .compose(v -> each(partition, token, user -> user.reopened(partition)))
        .onFailure(
            failure -> {
              LOG.debug("partition {} is not opened again yet: {}", partition, failure.toString());
              leases.suspect(partition);
            })
        .onComplete(done -> reopening.remove(partition));
  }

  /** One user after the other, for as long as the lease is held; fails once it is not. */
  private Future<Void> each(int partition, long token, Function<LeaseUser, Future<Void>> step) {
    Future<Void> done = Future.succeededFuture();
    for (LeaseUser user : leases.users()) {
      done = done.compose(v -> whileHeld(partition, token, () -> step.apply(user)));
    }
    return done.compose(v -> whileHeld(partition, token, Future::succeededFuture));
  }

  private Future<Void> whileHeld(int partition, long token, Supplier<Future<Void>> step) {
    return leases.holds(partition, token) ? step.get() : Leases.notInCharge();
  }
}

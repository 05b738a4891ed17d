package dev.zamok.authority.lease;

import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps leases, in rounds: says that this authority lives, reads who else does and who holds what,
 * takes what is free and hands over what is too much. The protocol is in {@code ARCHITECTURE.md}.
 *
 * <p>Belongs to the event loop of the authority.
 */
public final class LeaseKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private static final int ROUNDS_PER_FLOOR = 30;

  /** Until then people can see by the row which one is missing. */
  private static final Duration FORGET_AFTER = Duration.ofHours(1);

  private final LeaseRows rows;
  private final RoomLog log;
  private final LeaseConfig config;
  private final Sources sources;
  private final Leases leases;
  private final Liveliness liveliness;
  private final LeaseClaims claims;
  private final Handover handover;
  private final Pulse pulse;
  private final Lateness lateness;
  private final long id;
  private NodeRow self = NodeRow.NOTHING;
  private boolean draining;
  private boolean watching;
  private List<LeaseRow> last = List.of();

  private int rounds;
  private Future<Void> running = Future.succeededFuture();

  /**
   * What a keeper must not take from the machine itself.
   *
   * @param nanos a monotonic clock
   * @param ids random numbers, one for each authority that starts
   */
  public record Sources(LongSupplier nanos, LongSupplier ids) {}

  public LeaseKeeper(SealedStore store, RoomLog log, LeaseConfig config, Sources sources) {
    this.rows = new LeaseRows(store);
    this.log = log;
    this.config = config;
    this.sources = sources;
    this.leases = new Leases(log, sources.nanos());
    this.liveliness = new Liveliness(config.takeover());
    this.claims = new LeaseClaims(log, leases);
    this.handover = new Handover(rows, leases);
    this.id = newId(sources.ids());
    this.pulse = new Pulse(rows, config, sources.nanos(), id);
    this.lateness = new Lateness(config.takeover(), sources.nanos());
  }

  private static long newId(LongSupplier ids) {
    long id = ids.getAsLong();
    return id == LeaseRow.NOBODY ? newId(ids) : id;
  }

  public Leases leases() {
    return leases;
  }

  /** Of this authority; another one after each start. */
  public long id() {
    return id;
  }

  /** What the next beats say; how it stands and how many leases it has are known here. */
  public void describe(NodeRow now) {
    self = now;
  }

  /** Whether its beats came too late to keep leases by them, not long ago. */
  public boolean isLate() {
    return lateness.lasts();
  }

  /** An authority as the others see it. */
  public record Node(long id, NodeRow row, boolean live) {}

  /** All authorities of the store, this one and lost ones included. */
  public List<Node> nodes() {
    return liveliness.nodes(sources.nanos().getAsLong());
  }

  /** How many leases each holds, by the last look at the rows. */
  public Map<Long, Integer> counts() {
    Map<Long, Integer> counts = new HashMap<>();
    last.forEach(row -> counts.merge(row.holder(), 1, Integer::sum));
    return counts;
  }

  /** What is in doubt is taken into use again at once, not in the next round. */
  private Future<Void> watchDoubts() {
    if (watching) {
      return Future.succeededFuture();
    }
    watching = true;
    return log.doubts(claims::reopen).onFailure(failure -> watching = false).mapEmpty();
  }

  /** Takes all leases now, whoever had them. */
  public Future<Void> takeAll() {
    leases.trustAlways();
    return watchDoubts()
        .compose(v -> rows.leases(log.partitions()))
        .compose(
            all ->
                rows.put(taken(all))
                    .compose(claims::claimAll)
                    .map(
                        v -> {
                          if (leases.held().size() < all.size()) {
                            throw new Unavailable("others keep taking the leases", false);
                          }
                          return null;
                        }));
  }

  /**
   * After {@link #takeAll}: opens again what the log lost, and takes again what it refused us. A
   * call while one is under way yields that one's end.
   */
  public Future<Void> keepAll() {
    if (running.isComplete()) {
      leases.takeSuspects().forEach(claims::reopen);
      Set<Integer> held = new HashSet<>(leases.held());
      held.addAll(claims.underWay());
      running =
          held.size() == log.partitions()
              ? Future.succeededFuture()
              : rows.leases(log.partitions()).compose(all -> takeBut(all, held));
    }
    return running;
  }

  private Future<Void> takeBut(List<LeaseRow> all, Set<Integer> held) {
    List<LeaseRow> free = all.stream().filter(row -> !held.contains(row.partition())).toList();
    return rows.put(taken(free)).compose(claims::claimAll);
  }

  /**
   * One round; a call while one is under way yields that one's end. Fails when store or log do;
   * then the next round tries again.
   */
  public Future<Void> round() {
    if (running.isComplete()) {
      running = begin();
    }
    return running;
  }

  private Future<Void> begin() {
    letGoIfLapsed();
    return watchDoubts()
        .compose(v -> beat().recover(this::noteSelfAndFail))
        .compose(v -> look())
        .compose(
            all -> {
              last = all;
              leases.owners(liveliness.owners(all, id, sources.nanos().getAsLong()));
              return leases.haveLapsed() ? release(all) : act(all);
            });
  }

  /**
   * Whoever asked meanwhile was told that they are not held, and ended what he did with them;
   * others may have them by now.
   */
  private void letGoIfLapsed() {
    if (!leases.haveLapsed()) {
      return;
    }
    if (!leases.held().isEmpty()) {
      LOG.warn("no beat for {}: all leases are let go", config.trust());
      lateness.happened();
    }
    leases.held().forEach(leases::lost);
    claims.forgetAll();
  }

  private Future<Void> beat() {
    if (!pulse.isDue()) {
      return Future.succeededFuture();
    }
    return pulse
        .beat(self.standing(standing(), leases.held().size()))
        .map(
            begun -> {
              letGoIfLapsed(); // a beat that took too long revives nothing
              leases.trustUntil(begun + config.trust().toNanos());
              return null;
            });
  }

  private NodeRow.Standing standing() {
    if (draining) {
      return NodeRow.Standing.DRAINING;
    }
    return isLate() ? NodeRow.Standing.LATE : NodeRow.Standing.SERVING;
  }

  private Future<List<LeaseRow>> look() {
    return rows.nodes(sources.nanos())
        .compose(
            nodes -> {
              pulse.note(nodes);
              liveliness.observe(nodes);
              return rows.leases(log.partitions());
            });
  }

  /** So that the next beat fits the row: after an unknown outcome, or when we were forgotten. */
  private Future<Void> noteSelfAndFail(Throwable failure) {
    return rows.nodes(sources.nanos())
        .compose(
            nodes -> {
              pulse.note(nodes);
              return Future.failedFuture(failure);
            });
  }

  /**
   * This beat came so late that nothing can be held by it: nobody else takes what names one that
   * lives, so the rows say that it is free.
   */
  private Future<Void> release(List<LeaseRow> all) {
    letGoIfLapsed();
    lateness.happened();
    return handover.release(all.stream().filter(row -> row.holder() == id).toList());
  }

  /** Beats must go on: nothing here waits for the log, nor for what is under way in a partition. */
  private Future<Void> act(List<LeaseRow> all) {
    for (LeaseRow row : all) {
      if (row.holder() != id) {
        claims.forget(row.partition());
        leases.lost(row.partition());
      }
    }
    Future<Void> forgotten = forgetDead();
    Allotment allotment = Allotment.of(scene(all));
    handover.begin(pick(all, allotment.giveUp()));
    leases.takeSuspects().forEach(claims::reopen);
    return noteFloors(all, allotment)
        .compose(v -> handover.release(pick(all, allotment.release())))
        .compose(v -> rows.put(taken(pick(all, allotment.take()))))
        .onSuccess(claims::claimAll)
        .compose(v -> forgotten);
  }

  /**
   * Rows of those that never came back. Whoever lives may remove them; one that is late fails.
   * Never fails itself: a row that stays comes up again.
   */
  private Future<Void> forgetDead() {
    List<Future<Void>> removals = new ArrayList<>();
    liveliness
        .stillSince(sources.nanos().getAsLong(), FORGET_AFTER)
        .forEach(
            (dead, seen) ->
                removals.add(
                    rows.removeNode(dead, seen.version())
                        .onFailure(
                            failure -> LOG.debug("a row stays: {}", String.valueOf(failure)))));
    return Future.join(removals).transform(done -> Future.succeededFuture());
  }

  private List<LeaseRow> taken(List<LeaseRow> free) {
    return free.stream().map(row -> row.takenBy(id)).toList();
  }

  /** Each new generation at once, so that none comes twice; the rest now and then. */
  private Future<Void> noteFloors(List<LeaseRow> all, Allotment allotment) {
    rounds++;
    boolean due = rounds % ROUNDS_PER_FLOOR == 0;
    List<LeaseRow> next = new ArrayList<>();
    for (LeaseRow row : all) {
      Position floor = leases.floor(row.partition());
      boolean mine = row.holder() == id && leases.serves(row.partition());
      boolean newer =
          due ? floor.isAfter(row.floor()) : floor.generation() > row.floor().generation();
      if (mine && newer && !allotment.giveUp().contains(row.partition())) {
        next.add(row.kept(id, floor));
      }
    }
    return rows.put(next).mapEmpty();
  }

  private Allotment.Scene scene(List<LeaseRow> all) {
    Map<Long, NodeRow.Standing> standings = liveliness.standings(sources.nanos().getAsLong());
    // Who leaves does so whatever its last beat said.
    standings.put(id, draining ? NodeRow.Standing.DRAINING : pulse.told());
    Set<Integer> held = new HashSet<>(leases.held());
    held.addAll(claims.underWay());
    return new Allotment.Scene(id, held, all, standings);
  }

  private static List<LeaseRow> pick(List<LeaseRow> all, List<Integer> partitions) {
    return partitions.stream().map(all::get).toList();
  }

  /**
   * Hands over everything and takes nothing any more. Completes when nothing is held; fails when
   * the store does, and then others take over as from one that died.
   */
  public Future<Void> drain() {
    draining = true;
    return running
        .transform(
            done -> {
              pulse.hurry();
              return round();
            })
        .compose(v -> handover.end())
        .compose(v -> running.otherwiseEmpty())
        .compose(v -> pulse.end());
  }
}

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
  private final long id;
  private NodeRow self;
  private long version;
  private long lastBeat;
  private boolean beaten;
  private boolean draining;
  private boolean watching;
  private List<LeaseRow> last = List.of();

  private int rounds;
  private Future<Void> running = Future.succeededFuture();
  private Future<Void> handover = Future.succeededFuture();

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
    this.id = newId(sources.ids());
    this.self = new NodeRow("", "", false, 0, 0, 0, "");
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

  /** What the next beats say. */
  public void describe(NodeRow now) {
    self = now;
  }

  /** An authority as the others see it. */
  public record Node(long id, NodeRow row, boolean live) {}

  /** All authorities of the store, this one and lost ones included. */
  public List<Node> nodes() {
    Set<Long> live = liveliness.live(sources.nanos().getAsLong());
    List<Node> nodes = new ArrayList<>();
    liveliness
        .all()
        .forEach((node, seen) -> nodes.add(new Node(node, seen.row(), live.contains(node))));
    return nodes;
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
        .compose(all -> leases.haveLapsed() ? Future.succeededFuture() : act(all));
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
    }
    leases.held().forEach(leases::lost);
    claims.forgetAll();
  }

  private Future<Void> beat() {
    long now = sources.nanos().getAsLong();
    if (beaten && now - lastBeat < config.beat().toNanos()) {
      return Future.succeededFuture();
    }
    NodeRow row =
        new NodeRow(
            self.address(),
            self.version(),
            draining,
            leases.held().size(),
            self.startedMillis(),
            self.lagMillis(),
            self.problems());
    return rows.beat(id, row, version)
        .map(
            next -> {
              version = next;
              lastBeat = now;
              beaten = true;
              letGoIfLapsed(); // a beat that took too long revives nothing
              leases.trustUntil(now + config.trust().toNanos());
              return null;
            });
  }

  private Future<List<LeaseRow>> look() {
    return rows.nodes(sources.nanos())
        .compose(
            nodes -> {
              noteSelf(nodes);
              liveliness.observe(nodes);
              return rows.leases(log.partitions());
            });
  }

  /** So that the next beat fits the row: after an unknown outcome, or when we were forgotten. */
  private Future<Void> noteSelfAndFail(Throwable failure) {
    return rows.nodes(sources.nanos())
        .compose(
            nodes -> {
              noteSelf(nodes);
              return Future.failedFuture(failure);
            });
  }

  private void noteSelf(Map<Long, Liveliness.Seen> nodes) {
    Liveliness.Seen own = nodes.get(id);
    version = own == null ? 0 : own.version();
    beaten = beaten && own != null;
  }

  /** Beats must go on: nothing here waits for the log, nor for what is under way in a partition. */
  private Future<Void> act(List<LeaseRow> all) {
    last = all;
    for (LeaseRow row : all) {
      if (row.holder() != id) {
        claims.forget(row.partition());
        leases.lost(row.partition());
      }
    }
    leases.owners(owners(all));
    Future<Void> forgotten = forgetDead();
    Allotment allotment = Allotment.of(scene(all), draining);
    if (!allotment.giveUp().isEmpty()) {
      handover = giveUp(all, allotment.giveUp());
    }
    leases.takeSuspects().forEach(claims::reopen);
    return noteFloors(all, allotment)
        .compose(v -> rows.put(free(pick(all, allotment.release()))))
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

  private List<LeaseRow> free(List<LeaseRow> mine) {
    return mine.stream()
        .map(row -> row.kept(LeaseRow.NOBODY, leases.floor(row.partition())))
        .toList();
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
    Set<Long> live = new HashSet<>(liveliness.live(sources.nanos().getAsLong()));
    live.remove(id);
    Set<Long> leaving = new HashSet<>();
    liveliness
        .all()
        .forEach(
            (node, seen) -> {
              if (seen.row().draining()) {
                leaving.add(node);
              }
            });
    Set<Integer> held = new HashSet<>(leases.held());
    held.addAll(claims.underWay());
    return new Allotment.Scene(id, held, all, live, leaving);
  }

  private Map<Integer, Leases.Owner> owners(List<LeaseRow> all) {
    Set<Long> live = liveliness.live(sources.nanos().getAsLong());
    Map<Long, Liveliness.Seen> nodes = liveliness.all();
    Map<Integer, Leases.Owner> owners = new HashMap<>();
    for (LeaseRow row : all) {
      Liveliness.Seen seen = nodes.get(row.holder());
      if (seen != null && row.holder() != id && live.contains(row.holder())) {
        owners.put(row.partition(), new Leases.Owner(row.holder(), seen.row().address()));
      }
    }
    return owners;
  }

  private static List<LeaseRow> pick(List<LeaseRow> all, List<Integer> partitions) {
    return partitions.stream().map(all::get).toList();
  }

  /** What is under way ends first; then the rows say that the leases are free, in one write. */
  private Future<Void> giveUp(List<LeaseRow> all, List<Integer> partitions) {
    List<Integer> fresh = partitions.stream().filter(leases::mayLeave).toList();
    if (fresh.isEmpty()) {
      return handover;
    }
    LOG.info("{} leases are handed over", fresh.size());
    List<Future<Void>> ends = new ArrayList<>();
    Map<Integer, Long> tokens = new HashMap<>();
    for (int partition : fresh) {
      tokens.put(partition, leases.token(partition));
      leases.leaving(partition);
      leases.users().forEach(user -> ends.add(user.leaving(partition)));
    }
    return Future.join(ends)
        .transform(
            done -> {
              // One that was lost meanwhile and taken anew is not handed over.
              List<LeaseRow> mine =
                  pick(all, fresh).stream()
                      .filter(
                          row ->
                              leases.holds(
                                  row.partition(), tokens.getOrDefault(row.partition(), 0L)))
                      .toList();
              mine.forEach(row -> leases.gone(row.partition()));
              return rows.put(free(mine));
            })
        .mapEmpty();
  }

  /**
   * Hands over everything and takes nothing any more. Completes when nothing is held; fails when
   * the store does, and then others take over as from one that died.
   */
  public Future<Void> drain() {
    draining = true;
    beaten = false;
    return running
        .transform(done -> round())
        .compose(v -> handover)
        .compose(v -> running.otherwiseEmpty())
        .compose(v -> version == 0 ? Future.succeededFuture() : rows.removeNode(id, version));
  }
}

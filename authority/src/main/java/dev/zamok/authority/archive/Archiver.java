package dev.zamok.authority.archive;

import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.lease.LeaseUser;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is committed in the log to the store, and trims the log behind it: one loop per
 * partition whose lease is held, see {@link PartitionArchiver}.
 *
 * <p>Belongs to the event loop of the authority.
 */
public final class Archiver implements LeaseUser {
  private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);

  private final SealedStore store;
  private final RoomLog log;
  private final Leases leases;
  private final Policy policy;
  private final ArchiveConfig config;
  private final Pace pace;
  private final Map<Integer, PartitionArchiver> partitions = new HashMap<>();
  private boolean closed;

  /** What rooms say about their history, and who wants to know what is read. */
  public interface Policy {
    /** What is to happen to the entries of a room. */
    Future<Keeping> keeping(RoomId room);

    /** So many messages of members were read. */
    void read(RoomId room, int messages);
  }

  /** What is to happen to the entries of a room. */
  public enum Keeping {
    ARCHIVE,
    /** They are only trimmed. */
    TRIM,
    /** The room is not ours. */
    LEAVE
  }

  /** When things happen. */
  public record Pace(Clock clock, Timers timers) {}

  public Archiver(
      SealedStore store,
      RoomLog log,
      Leases leases,
      Policy policy,
      ArchiveConfig config,
      Pace pace) {
    this.store = store;
    this.log = log;
    this.leases = leases;
    this.policy = policy;
    this.config = config;
    this.pace = pace;
  }

  @Override
  public Future<Void> gained(int partition) {
    lost(partition);
    if (!closed) {
      loop(of(partition));
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> leaving(int partition) {
    PartitionArchiver one = partitions.get(partition);
    return one == null ? Future.succeededFuture() : one.stop();
  }

  @Override
  public void lost(int partition) {
    PartitionArchiver one = partitions.remove(partition);
    if (one != null) {
      one.stop();
    }
  }

  /** Hears what has to be stored before the log delivers it, where it does so. */
  public Future<Void> watch() {
    return log.waiting(
            partition -> {
              PartitionArchiver one = partitions.get(partition);
              if (one != null) {
                one.store();
              }
            })
        .mapEmpty();
  }

  /** What was begun ends by itself; nothing new begins. */
  public void close() {
    closed = true;
    partitions.values().forEach(PartitionArchiver::stop);
  }

  /** How many rooms are not archived because log and store differ: an alarm when it is not 0. */
  public int alteredRooms() {
    return partitions.values().stream().mapToInt(PartitionArchiver::alteredRooms).sum();
  }

  /** How long the partition that is most behind has not been archived to its end. */
  public Duration lag() {
    long oldest =
        partitions.values().stream()
            .mapToLong(PartitionArchiver::currentMillis)
            .min()
            .orElse(pace.clock().millis());
    return Duration.ofMillis(Math.max(0, pace.clock().millis() - oldest));
  }

  private PartitionArchiver of(int partition) {
    return partitions.computeIfAbsent(
        partition,
        p ->
            new PartitionArchiver(
                p, new PartitionArchiver.Ground(store, log, leases, policy, config, pace.clock())));
  }

  /**
   * Ends for good where the lease is not held: that is told as its loss, and it may be gained
   * again.
   */
  private void loop(PartitionArchiver one) {
    if (one.isStopped() || !leases.holds(one.partition())) {
      return;
    }
    one.run()
        .onComplete(
            done -> {
              if (done.failed() && !one.isStopped()) {
                LOG.warn(
                    "partition {} is not archived for now: {}",
                    one.partition(),
                    done.cause().toString());
              }
              pace.timers().after(config.every(), () -> loop(one));
            });
  }

  /** Archives what moved since the last run. One run at a time. */
  public Future<Void> run(int partition) {
    return of(partition).run();
  }
}

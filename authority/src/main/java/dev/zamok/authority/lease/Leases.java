package dev.zamok.authority.lease;

import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write what only the authority writes, per partition of the log, as this process has
 * it now; {@link LeaseKeeper} takes leases and gives them up.
 *
 * <p>A lease counts only for a while after the last beat, by the monotonic clock: whoever slept
 * finds that it holds nothing any more, before somebody else could have taken it. The log refuses
 * older tokens, and the store rows of another version, should that not be enough.
 *
 * <p>Belongs to the event loop of the authority.
 */
public final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  private final RoomLog log;
  private final LongSupplier nanos;
  private final Map<Integer, Held> held = new TreeMap<>();
  private final Map<Integer, Long> tokens = new HashMap<>();
  private final Map<Integer, Position> floors = new HashMap<>();
  private final Set<Integer> suspects = new HashSet<>();
  private final List<LeaseUser> users = new ArrayList<>();
  private Map<Integer, Owner> owners = Map.of();
  private long trustedUntil;
  private boolean alwaysTrusted;

  Leases(RoomLog log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    this.trustedUntil = nanos.getAsLong();
  }

  /**
   * Takes the leases of all partitions at once and for good: for the only authority of a
   * deployment.
   */
  public static Future<Leases> claim(SealedStore store, RoomLog log) {
    LeaseKeeper keeper =
        new LeaseKeeper(
            store, log, LeaseConfig.ALONE, new LeaseKeeper.Sources(System::nanoTime, () -> 1L));
    return keeper.takeAll().map(v -> keeper.leases());
  }

  /** How far a lease of ours has come. */
  enum State {
    /** Ours, and the log knows it; what others left is being taken up. */
    TAKEN,
    SERVING,
    LEAVING
  }

  private static final class Held {
    private State state = State.TAKEN;
  }

  /**
   * Who holds a lease.
   *
   * @param address where it is reached; empty when that is not known
   */
  public record Owner(long node, String address) {}

  /**
   * Appends what only the lease holder may, and notes how far the log has come by it: a log that
   * ends before that has lost it.
   */
  public Future<Appended> append(RoomLog to, Append entry) {
    return whileHeld(entry.room(), () -> to.append(entry))
        .onSuccess(done -> reached(log.partitionOf(entry.room()), done.position()));
  }

  /** The store knows of an entry at this position, or of what it did. */
  public void reached(int partition, Position position) {
    floors.merge(partition, position, (one, other) -> one.isAfter(other) ? one : other);
  }

  /** The highest position of a partition that is known without the log. */
  public Position floor(int partition) {
    return floors.getOrDefault(partition, Position.ZERO);
  }

  /** The log does not answer for a partition of ours: it is opened again when it does. */
  public void suspect(int partition) {
    suspects.add(partition);
  }

  Set<Integer> takeSuspects() {
    Set<Integer> taken = Set.copyOf(suspects);
    suspects.clear();
    return taken;
  }

  /** Tells {@code user} of everything from now on. */
  public void register(LeaseUser user) {
    users.add(user);
  }

  /** Whether what belongs to the lease of this room may be written here, now. */
  public boolean holds(RoomId room) {
    return holds(log.partitionOf(room));
  }

  public boolean holds(int partition) {
    return isTrusted() && held.containsKey(partition);
  }

  /** Whether requests that change this room are carried out here, now. */
  public boolean serves(RoomId room) {
    return serves(log.partitionOf(room));
  }

  public boolean serves(int partition) {
    Held one = held.get(partition);
    return isTrusted() && one != null && one.state == State.SERVING;
  }

  /** The partitions that are served here. */
  public List<Integer> served() {
    return held.keySet().stream().filter(this::serves).toList();
  }

  /** The other authority that holds the lease, as far as it was known a moment ago. */
  public Optional<Owner> owner(int partition) {
    return Optional.ofNullable(owners.get(partition));
  }

  public int partitionOf(RoomId room) {
    return log.partitionOf(room);
  }

  public int partitions() {
    return log.partitions();
  }

  /** The last token there was here; 0 when there was none. */
  public long token(RoomId room) {
    return tokens.getOrDefault(log.partitionOf(room), 0L);
  }

  /** See {@link #token(RoomId)}. */
  public long token(int partition) {
    return tokens.getOrDefault(partition, 0L);
  }

  /** The log refused our token, or the store says that another one holds the lease. */
  public void lost(RoomId room) {
    lost(log.partitionOf(room));
  }

  /** See {@link #lost(RoomId)}. */
  public void lost(int partition) {
    if (held.containsKey(partition)) {
      LOG.warn("the lease of partition {} was lost", partition);
      gone(partition);
    }
  }

  /** Fails with {@link Unavailable} while the lease of the room is not held. */
  public <T> Future<T> whileHeld(RoomId room, Supplier<Future<T>> task) {
    return holds(room) ? task.get() : notInCharge();
  }

  static <T> Future<T> notInCharge() {
    return Future.failedFuture(new Unavailable("another authority is in charge", false));
  }

  private boolean isTrusted() {
    return alwaysTrusted || trustedUntil - nanos.getAsLong() > 0;
  }

  Set<Integer> held() {
    return Set.copyOf(held.keySet());
  }

  List<LeaseUser> users() {
    return users;
  }

  /** Whether what is in our hands, or on its way there, may be another's by now. */
  boolean haveLapsed() {
    return !isTrusted();
  }

  /** Whether it is held since this very token: not lost, and not lost and taken again. */
  boolean holds(int partition, long token) {
    return held.containsKey(partition) && token(partition) == token;
  }

  void trustUntil(long nanoTime) {
    trustedUntil = nanoTime;
  }

  void trustAlways() {
    alwaysTrusted = true;
  }

  void taken(int partition, long token) {
    tokens.put(partition, token);
    held.put(partition, new Held());
  }

  void serving(int partition) {
    Held one = held.get(partition);
    if (one != null && one.state == State.TAKEN) {
      one.state = State.SERVING;
    }
  }

  boolean mayLeave(int partition) {
    Held one = held.get(partition);
    return one != null && one.state != State.LEAVING;
  }

  void leaving(int partition) {
    Held one = held.get(partition);
    if (one != null) {
      one.state = State.LEAVING;
    }
  }

  /** Without a warning: it was given up. */
  void gone(int partition) {
    if (held.remove(partition) != null) {
      users.forEach(user -> user.lost(partition));
    }
  }

  void owners(Map<Integer, Owner> now) {
    owners = now;
  }
}

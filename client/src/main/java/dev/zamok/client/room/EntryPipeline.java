package dev.zamok.client.room;

import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.loop.Patience;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomWarning.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.epoch.Announcement;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Works off the entries of a room one after the other: an entry whose keys must be fetched holds up
 * those behind it. Belongs to the client's loop.
 */
final class EntryPipeline {

  /** How long entries wait for keys that their member is not given yet. */
  static final Duration KEYS_PATIENCE = Duration.ofSeconds(10);

  private final Loop loop;
  private final RandomGenerator jitter;
  private final Patience patience;
  private final RoomKeys keys;
  private final Opener opener;
  private final RoomEvents events;
  private final Hooks hooks;
  private final Deliveries deliveries;
  private final WorkQueue queue = new WorkQueue();

  /** For epochs up to here it was waited in vain for keys: not again. */
  private int givenUp;

  /** Messages of lower epochs are not accepted at this point of the log. */
  private int minEpoch;

  /** What the rest of the room does with what comes by. */
  interface Hooks {
    /** A message of this account's tag, whoever of its devices sent it. */
    void passed(Entry entry);

    /** The rekeys up to {@code epoch} stand in the log, known before or not. */
    void inForce(int epoch);

    /** Membership or rights may have changed. */
    CompletableFuture<Void> membership();

    /** All entries up to here were worked off. */
    void processed(Position position);

    /** Keys cannot be had: this member is out, or something is badly wrong. */
    void keysFailed(ClientProblem problem);
  }

  EntryPipeline(Parts parts, Hooks hooks) {
    this.loop = parts.loop();
    this.jitter = parts.jitter();
    this.patience = new Patience(loop, jitter);
    this.keys = parts.keys();
    this.opener = parts.opener();
    this.events = parts.events();
    this.deliveries = parts.deliveries();
    this.hooks = hooks;
  }

  /** What a pipeline works with. */
  record Parts(
      Loop loop,
      RandomGenerator jitter,
      RoomKeys keys,
      Opener opener,
      RoomEvents events,
      Deliveries deliveries) {}

  void entry(Entry entry) {
    queue.add(() -> handle(entry));
  }

  /** Live from {@code joined} on: its epoch is the current one. */
  void startsAt(HubFrame.Joined joined) {
    queue.add(
        () -> {
          deliveries.resume();
          return withKeys(joined.epoch(), () -> keys.catchUp(joined.epoch()))
              .thenRun(
                  () -> {
                    RoomKeys.Live now = keys.current();
                    boolean grace = now != null && now.rekey().kind() == RekeyKind.TIMED_RESET;
                    minEpoch = Math.max(minEpoch, grace ? keys.epoch() - 1 : keys.epoch());
                  })
              .exceptionally(this::keysFailed);
        });
  }

  void withdrawn(List<Position> positions) {
    queue.add(
        () -> {
          deliveries.withdraw(positions);
          events.withdrawn(positions);
          return CompletableFuture.completedFuture(null);
        });
  }

  /** Runs {@code event} once everything before it is worked off. */
  void then(Runnable event) {
    queue.add(
        () -> {
          event.run();
          return CompletableFuture.completedFuture(null);
        });
  }

  /** The queue of what is to be worked off. */
  WorkQueue queue() {
    return queue;
  }

  private CompletableFuture<Void> handle(Entry entry) {
    CompletableFuture<Void> handled =
        switch (entry.kind()) {
          case MESSAGE -> message(entry);
          case REKEY -> rekey(entry);
          case ANNOUNCE -> announce(entry);
          case CLOSE -> close(entry);
          case EVICT, MEMBER -> hooks.membership().thenRun(events::membership);
          case ITEM -> hooks.membership();
        };
    return handled
        .exceptionally(failure -> warn(failure, entry))
        .thenRun(() -> hooks.processed(entry.position()));
  }

  private CompletableFuture<Void> message(Entry entry) {
    hooks.passed(entry);
    if (deliveries.isDelivered(entry)) {
      return CompletableFuture.completedFuture(null);
    }
    if (entry.epoch() < minEpoch) {
      events.warning(Kind.REFUSED, entry.position(), "a message under a key that is closed");
      return CompletableFuture.completedFuture(null);
    }
    return key(entry.epoch())
        .thenCompose(ready -> patiently(() -> opener.message(entry, live(entry.epoch()))))
        .thenAccept(opened -> deliveries.deliver(entry, opened));
  }

  private CompletableFuture<Void> key(int epoch) {
    if (keys.live(epoch) != null) {
      return CompletableFuture.completedFuture(null);
    }
    return epoch > keys.epoch()
        ? withKeys(epoch, () -> keys.catchUp(epoch))
        : patiently(() -> keys.past().load(epoch, epoch));
  }

  private RoomKeys.@org.jspecify.annotations.Nullable Live live(int epoch) {
    RoomKeys.Live live = keys.live(epoch);
    return live == null ? keys.past().key(epoch) : live;
  }

  private CompletableFuture<Void> rekey(Entry entry) {
    return withKeys(entry.epoch(), () -> keys.rekey(entry.body()))
        .thenAccept(
            rolled -> {
              RoomKeys.Live now = keys.live(entry.epoch());
              if (now != null) {
                boolean grace = now.rekey().kind() == RekeyKind.TIMED_RESET;
                raise(grace ? entry.epoch() - 1 : entry.epoch());
              }
              hooks.inForce(keys.epoch());
            })
        .exceptionally(
            failure -> {
              keysFailed(failure);
              throw ClientProblem.in(failure);
            });
  }

  private CompletableFuture<Void> close(Entry entry) {
    raise(Math.min(entry.epoch(), keys.epoch()));
    return CompletableFuture.completedFuture(null);
  }

  private void raise(int accepted) {
    if (accepted > minEpoch) {
      minEpoch = accepted;
      keys.closeBelow(accepted);
    }
  }

  private CompletableFuture<Void> announce(Entry entry) {
    return keys.control()
        .thenAccept(
            control -> {
              Announcement coming;
              try {
                coming = Announcement.parse(entry.body()).verify(control);
              } catch (MalformedException | CryptoFailure e) {
                throw ClientProblem.tampered("an announcement that does not verify");
              }
              if (coming.room().equals(entry.room()) && coming.n() == keys.epoch() + 1) {
                long lead = coming.atMillis() - loop.wallMillis();
                loop.after(
                    ShareSpread.wait(Duration.ofMillis(lead), jitter),
                    () -> Futures.fire(keys.prefetch(coming.n())));
              }
            });
  }

  /**
   * Keys of an epoch that is in force: when they are not there yet, for this member or at all, they
   * are waited for, once and not for long.
   */
  private <T> CompletableFuture<T> withKeys(int epoch, Supplier<CompletableFuture<T>> step) {
    if (epoch <= givenUp) {
      return patiently(step);
    }
    return patience
        .briefly(queue::isOpen, KEYS_PATIENCE, step)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                givenUp = Math.max(givenUp, epoch);
              }
            });
  }

  private <T> CompletableFuture<T> patiently(Supplier<CompletableFuture<T>> step) {
    return patience.until(queue::isOpen, step);
  }

  private Void keysFailed(Throwable failure) {
    hooks.keysFailed(ClientProblem.in(failure));
    return null;
  }

  private Void warn(Throwable failure, Entry entry) {
    ClientProblem problem = ClientProblem.in(failure);
    Kind kind = problem.isLoud() ? Kind.TAMPERED : Kind.UNREADABLE;
    boolean quiet = entry.kind() != EntryKind.MESSAGE && !problem.isLoud();
    if (!quiet) {
      events.warning(kind, entry.position(), String.valueOf(problem.getMessage()));
    }
    return null;
  }
}

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
import dev.zamok.crypto.message.EnvelopeKind;
import dev.zamok.crypto.message.SequenceTracker;
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

  /** A share that was announced is fetched at least so long before the reset. */
  static final Duration FETCH_BEFORE = Duration.ofSeconds(5);

  private final Loop loop;
  private final RandomGenerator jitter;
  private final Patience patience;
  private final RoomKeys keys;
  private final Opener opener;
  private final RoomEvents events;
  private final Hooks hooks;
  private final SequenceTracker sequences;
  private final Remembered remembered = new Remembered();
  private final WorkQueue queue = new WorkQueue();

  /** Messages of lower epochs are not accepted at this point of the log. */
  private int minEpoch;

  /** What the rest of the room does with what comes by. */
  interface Hooks {
    /** A message of this account's tag, whoever of its devices sent it. */
    void passed(Entry entry);

    /** Keys have changed. */
    void rekeyed();

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
    this.sequences = parts.sequences();
    this.hooks = hooks;
  }

  /** What a pipeline works with. */
  record Parts(
      Loop loop,
      RandomGenerator jitter,
      RoomKeys keys,
      Opener opener,
      RoomEvents events,
      SequenceTracker sequences) {}

  void entry(Entry entry) {
    queue.add(() -> handle(entry));
  }

  /** Live from {@code joined} on: its epoch is the current one. */
  void startsAt(HubFrame.Joined joined) {
    queue.add(
        () ->
            patiently(() -> keys.catchUp(joined.epoch()))
                .thenRun(
                    () -> {
                      RoomKeys.Live now = keys.current();
                      boolean grace = now != null && now.rekey().kind() == RekeyKind.TIMED_RESET;
                      minEpoch = grace ? keys.epoch() - 1 : keys.epoch();
                      hooks.rekeyed();
                    })
                .exceptionally(this::keysFailed));
  }

  void withdrawn(List<Position> positions) {
    queue.add(
        () -> {
          remembered.withdraw(positions);
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
          case ITEM -> CompletableFuture.completedFuture(null);
        };
    return handled
        .exceptionally(failure -> warn(failure, entry))
        .thenRun(() -> hooks.processed(entry.position()));
  }

  private CompletableFuture<Void> message(Entry entry) {
    hooks.passed(entry);
    if (!remembered.note(entry.tag(), entry.id(), entry.position())) {
      return CompletableFuture.completedFuture(null);
    }
    if (entry.epoch() < minEpoch) {
      events.warning(Kind.REFUSED, entry.position(), "a message under a key that is closed");
      return CompletableFuture.completedFuture(null);
    }
    return key(entry.epoch())
        .thenCompose(ready -> patiently(() -> opener.message(entry, live(entry.epoch()))))
        .thenAccept(opened -> deliver(entry, opened));
  }

  private CompletableFuture<Void> key(int epoch) {
    if (keys.live(epoch) != null) {
      return CompletableFuture.completedFuture(null);
    }
    int before = keys.epoch();
    return epoch > before
        ? patiently(() -> keys.catchUp(epoch)).thenRun(() -> rekeyedSince(before))
        : patiently(() -> keys.past().load(epoch, epoch));
  }

  /** A rekey that was known already proves nothing: a hub may repeat it as often as it likes. */
  private void rekeyedSince(int epoch) {
    if (keys.epoch() > epoch) {
      hooks.rekeyed();
    }
  }

  private RoomKeys.@org.jspecify.annotations.Nullable Live live(int epoch) {
    RoomKeys.Live live = keys.live(epoch);
    return live == null ? keys.past().key(epoch) : live;
  }

  private void deliver(Entry entry, Opener.Opened opened) {
    RoomWarning warning = opened.warning();
    RoomMessage message = opened.message();
    if (warning != null) {
      events.warning(warning);
    }
    if (message == null) {
      return;
    }
    boolean known = remembered.comesBack(entry.tag(), entry.id());
    SequenceTracker.Verdict verdict =
        sequences.note(
            message.author().fingerprint(), message.device(), EnvelopeKind.MESSAGE, message.seq());
    if (verdict == SequenceTracker.Verdict.REPEATED && !known) {
      events.warning(Kind.REFUSED, entry.position(), "a message that was sent before");
      return;
    }
    if (verdict == SequenceTracker.Verdict.FRESH_AFTER_HOLE) {
      String text = "messages of " + message.author().login() + " are missing before this one";
      events.warning(Kind.HOLE, entry.position(), text);
    }
    events.message(message);
  }

  private CompletableFuture<Void> rekey(Entry entry) {
    int before = keys.epoch();
    return patiently(() -> keys.rekey(entry.body()))
        .thenAccept(
            rolled -> {
              RoomKeys.Live now = keys.live(entry.epoch());
              if (now != null) {
                boolean grace = now.rekey().kind() == RekeyKind.TIMED_RESET;
                raise(grace ? entry.epoch() - 1 : entry.epoch());
              }
              rekeyedSince(before);
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
                long left = coming.atMillis() - loop.wallMillis() - FETCH_BEFORE.toMillis();
                long wait = jitter.nextLong(Math.max(1, Math.min(left, 60_000)));
                loop.after(Duration.ofMillis(wait), () -> Futures.fire(keys.prefetch(coming.n())));
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

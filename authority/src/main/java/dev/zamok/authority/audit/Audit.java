package dev.zamok.authority.audit;

import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Store;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes decisions before they are carried out: what cannot be noted does not happen.
 *
 * <p>Entries form runs, one per process and day; each names the hash of the one before, so that an
 * entry which is changed or taken out shows. A run whose end is uncertain is left, and another one
 * begun.
 *
 * <p>Threads: one event loop.
 */
public final class Audit {
  private static final int WAITING_MAX = 2_000;
  private static final int RUN_BYTES = 8;

  private final SealedStore store;
  private final Clock clock;
  private final SecureRandom random;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Run run;
  private boolean writing;

  private record Waiting(AuditEntry entry, Promise<Void> promise) {}

  /** Where the next entry goes. */
  private static final class Run {
    private final LocalDate day;
    private final Bytes partition;
    private long next;
    private Hash last = Hash.ZERO;

    Run(LocalDate day, Bytes partition) {
      this.day = day;
      this.partition = partition;
    }
  }

  public Audit(SealedStore store, Clock clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /** Completes once the entry is stored. */
  public Future<Void> note(Principal who, AuditAction action, Bytes subject) {
    return note(Optional.of(who), action, subject);
  }

  /**
   * As {@link #note(Principal, AuditAction, Bytes)}, also for what happens before a login.
   *
   * @param subject at most 65,535 bytes
   */
  public Future<Void> note(Optional<Principal> who, AuditAction action, Bytes subject) {
    if (waiting.size() >= WAITING_MAX) {
      return Future.failedFuture(new Rejection(ErrorCode.OVERLOADED));
    }
    Bytes account = who.map(p -> p.account().toBytes()).orElse(Bytes.EMPTY);
    Bytes session = who.map(p -> p.session().toBytes()).orElse(Bytes.EMPTY);
    AuditEntry entry = new AuditEntry(clock.millis(), action, account, session, subject, Hash.ZERO);
    Promise<Void> promise = Promise.promise();
    waiting.add(new Waiting(entry, promise));
    if (!writing) {
      write();
    }
    return promise.future();
  }

  /** One batch at a time: the next one needs the hash of this one's last entry. */
  private void write() {
    List<Waiting> group = new ArrayList<>();
    while (group.size() < Store.BATCH_CHANGES_MAX && !waiting.isEmpty()) {
      group.add(waiting.remove());
    }
    writing = true;
    run()
        .compose(current -> append(current, group))
        .onComplete(
            done -> {
              writing = false;
              if (done.failed()) {
                // Whether the rows are there is unknown: nothing may follow them.
                run = null;
              }
              group.forEach(w -> w.promise.handle(done));
              if (!waiting.isEmpty() && !writing) {
                write();
              }
            });
  }

  private Future<Void> append(Run current, List<Waiting> group) {
    List<Change> rows = new ArrayList<>();
    Hash last = current.last;
    for (Waiting one : group) {
      Bytes body = one.entry.after(last).encode();
      rows.add(Change.insert(AuditTables.index(current.next + rows.size()), body));
      last = Hash.of(body);
    }
    Hash end = last;
    return store
        .batch(AuditTables.AUDIT, current.partition, rows)
        .map(
            outcome -> {
              requireApplied(outcome);
              current.next += rows.size();
              current.last = end;
              return null;
            });
  }

  private Future<Run> run() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Run current = run;
    if (current != null && current.day.equals(today)) {
      return Future.succeededFuture(current);
    }
    byte[] id = new byte[RUN_BYTES];
    random.nextBytes(id);
    Bytes day = AuditTables.day(today);
    Run fresh = new Run(today, AuditTables.join(day, Bytes.wrap(id)));
    return store
        .insert(AuditTables.RUN.key(day, Bytes.wrap(id)), Bytes.EMPTY)
        .map(
            outcome -> {
              requireApplied(outcome);
              run = fresh;
              return fresh;
            });
  }

  private static void requireApplied(Outcome outcome) {
    if (!outcome.applied()) {
      throw new Unavailable("somebody else writes this run of the audit", false);
    }
  }
}

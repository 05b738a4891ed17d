package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.Rooms;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeChange;
import dev.zamok.client.safe.SafeChanges;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Prints what happens in safes until it is interrupted or nobody reads any more. Runs on the thread
 * of the command.
 */
final class Watch {
  private final Desk desk;
  private final WatchSignals signals;
  private final WatchPace pace;
  private final WatchLines lines;
  private final Map<RoomId, Watched> watched = new LinkedHashMap<>();
  private final Set<RoomId> pending = new LinkedHashSet<>();

  private final LeftSafes left;

  /** Safes with a folder that was listed at that time, by {@link System#nanoTime}. */
  private final Map<RoomId, Long> listed = new HashMap<>();

  private boolean all;
  private boolean away;
  private long lookedNanos = System.nanoTime();

  Watch(Desk desk, WatchSignals signals, WatchPace pace) {
    this.desk = desk;
    this.pace = pace;
    this.signals = signals;
    this.left = new LeftSafes(pace, System::nanoTime);
    this.lines = new WatchLines(desk);
  }

  private record Watched(
      Safe safe, String name, Outstanding<SafeChanges.News> news, Runnable end) {}

  /** Every safe of the account, those too that it is let into while this runs. */
  int all() {
    all = true;
    return untilInterrupted(this::look);
  }

  int one(Safe safe) {
    return untilInterrupted(() -> begin(safe));
  }

  private int untilInterrupted(Runnable start) {
    try {
      start.run();
      while (all || !watched.isEmpty()) {
        step();
        if (desk.isOutputGone()) {
          break;
        }
      }
      return 0;
    } catch (InterruptedException e) {
      return 0;
    } catch (UserError e) {
      if (Thread.interrupted()) {
        return 0;
      }
      throw e;
    } finally {
      watched.values().forEach(one -> one.end().run());
    }
  }

  private void look() {
    List<Safe> safes = desk.safes();
    left.retain(safes.stream().map(Safe::id).collect(Collectors.toSet()));
    for (Safe safe : safes) {
      if (watched.containsKey(safe.id()) || left.holds(safe.id())) {
        continue;
      }
      try {
        begin(safe);
        left.begun(safe.id());
      } catch (UserError e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // Anybody may let others into a safe of his own: it must not end the watch over the rest.
        left(safe, e);
      }
    }
  }

  private void left(Safe safe, UserError why) {
    if (left.failed(safe.id(), String.valueOf(why.getMessage()))) {
      desk.notLookedInto(safe, why);
    }
  }

  private void begin(Safe safe) {
    String name = desk.name(safe);
    // In this order: nobody is told that it was listed, nor is all of it fetched, before it is
    // heard.
    Runnable end = heard(safe);
    SafeChanges changes;
    try {
      changes = desk.on(safe.changes());
      desk.listed(safe);
    } catch (UserError e) {
      end.run();
      signals.forget(safe.id());
      throw e;
    }
    watched.put(safe.id(), new Watched(safe, name, new Outstanding<>(changes::next), end));
    pending.add(safe.id());
    lines.begins(safe.id(), name);
    desk.broken().lackingSince(safe);
  }

  private Runnable heard(Safe safe) {
    CompletableFuture<Runnable> joined = safe.listen(signals.of(safe.id()));
    try {
      return desk.on(joined);
    } catch (UserError e) {
      boolean unused = joined.cancel(false);
      signals.forget(safe.id());
      throw e;
    }
  }

  private void step() throws InterruptedException {
    WatchSignals.Taken taken =
        signals.take(pending.isEmpty() ? untilLook() : Math.min(untilLook(), pace.againMillis()));
    tell(taken);
    pending.addAll(taken.changed());
    boolean back = connection(taken);
    if (back || untilLook() == 0) {
      lookAgain();
    }
    pending.retainAll(watched.keySet());
    // While it is lost everything waits: what came meanwhile is told as such.
    for (RoomId id : away ? List.<RoomId>of() : List.copyOf(pending)) {
      Watched one = watched.get(id);
      if (one == null) {
        continue;
      }
      boolean drained = drained(one);
      desk.broken().lackingSince(one.safe());
      if (drained && !isJustListed(id)) {
        pending.remove(id);
      }
    }
  }

  private boolean isJustListed(RoomId id) {
    Long since = listed.get(id);
    return since != null && millisSince(since) < pace.lookEveryMillis();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private long untilLook() {
    return Math.max(0, pace.lookEveryMillis() - millisSince(lookedNanos));
  }

  private void lookAgain() {
    lookedNanos = System.nanoTime();
    pending.addAll(watched.keySet());
    if (!all) {
      return;
    }
    try {
      look();
    } catch (UserError e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      // The server is away: in a minute, or when the connection is back, again.
      desk.note("your safes could not be listed: " + e.getMessage());
    }
  }

  /** Yields whether it is back. */
  private boolean connection(WatchSignals.Taken taken) {
    if (taken.lost() && !away) {
      away = true;
      lines.connection(false);
    }
    if (away && taken.connected()) {
      away = false;
      lines.connection(true);
      return true;
    }
    return false;
  }

  private void tell(WatchSignals.Taken taken) {
    taken
        .warnings()
        .forEach(
            one -> {
              lines.warning(one.safe(), name(one.safe()), one.warning());
              if (one.warning().isLoud()) {
                desk.flawed(UserError.DOES_NOT_VERIFY);
              }
            });
    if (taken.warningsLost() > 0) {
      lines.warningsLost(taken.warningsLost());
    }
    taken.ended().forEach(this::ended);
  }

  private String name(RoomId safe) {
    Watched one = watched.get(safe);
    return one == null ? safe.toString() : one.name();
  }

  private void ended(RoomId id, ClientProblem why) {
    Watched one = watched.remove(id);
    if (one == null) {
      return;
    }
    one.end().run();
    if (all && why.refusal().equals(Rooms.TOO_MANY)) {
      // The hub takes fewer rooms than before: the others are watched.
      left(one.safe(), new UserError(desk.why(why)));
      return;
    }
    if (why.kind() == Kind.CLOSED) {
      // By ourselves.
      all = false;
      return;
    }
    lines.ended(id, one.name());
    if (why.kind() != Kind.NOT_ALLOWED) {
      throw new UserError(desk.why(why));
    }
    if (!all) {
      throw new UserError("you are not in that safe any more", UserError.NOT_ALLOWED);
    }
  }

  /** Prints all that is new; yields whether there is no more. */
  private boolean drained(Watched one) {
    try {
      SafeChanges.News news;
      do {
        news = one.news().answer(desk::on);
        for (SafeChange change : news.changes()) {
          if (change instanceof SafeChange.OfFolder folder
              && folder.turn() == SafeChange.Turn.LISTED) {
            listed.put(one.safe().id(), System.nanoTime());
          }
          if (lines.change(one.safe().id(), one.name(), change)) {
            desk.flawed(UserError.DOES_NOT_VERIFY);
          }
        }
      } while (news.more() && !desk.isOutputGone());
      return true;
    } catch (UserError e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      if (e.exitCode() == UserError.DOES_NOT_VERIFY) {
        desk.notLookedInto(one.safe(), e);
        return true;
      }
      // Away, or out of the safe: the connection says which.
      return false;
    }
  }
}

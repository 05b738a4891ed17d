package dev.zamok.app.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.safe.SafeListener;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the client's thread hands to the one that prints, which may be slow. However much comes, it
 * holds a mark for each safe and some warnings: what happened waits in the chains of the safes.
 */
final class WatchSignals {
  static final int WARNINGS_MAX = 100;

  private final Set<RoomId> heard = new HashSet<>();
  private final Set<RoomId> changed = new LinkedHashSet<>();
  private final Map<RoomId, ClientProblem> ended = new LinkedHashMap<>();
  private final List<Warned> warnings = new ArrayList<>();
  private final Set<RoomId> away = new LinkedHashSet<>();
  private int warningsLost;
  private boolean lost;

  /** A warning and the safe that it is about. */
  record Warned(RoomId safe, RoomWarning warning) {}

  /**
   * Everything since the last time.
   *
   * @param warningsLost how many more there were
   * @param lost whether the connection was lost meanwhile
   * @param connected whether it is there now
   */
  record Taken(
      Set<RoomId> changed,
      Map<RoomId, ClientProblem> ended,
      List<Warned> warnings,
      int warningsLost,
      boolean lost,
      boolean connected) {}

  /** Hears of one safe. */
  synchronized SafeListener of(RoomId safe) {
    heard.add(safe);
    return new SafeListener() {
      @Override
      public void onChange() {
        signal(safe, () -> changed.add(safe));
      }

      @Override
      public void onWarning(RoomWarning warning) {
        signal(safe, () -> warned(safe, warning));
      }

      @Override
      public void onConnected(boolean connected) {
        signal(safe, () -> connection(safe, connected));
      }

      @Override
      public void onEnd(ClientProblem why) {
        signal(
            safe,
            () -> {
              ended.put(safe, why);
              away.remove(safe);
            });
      }
    };
  }

  /**
   * A safe that nobody listens to: whether the connection is there, it does not say any more,
   * though the client may tell of it for a moment yet.
   */
  synchronized void forget(RoomId safe) {
    heard.remove(safe);
    changed.remove(safe);
    ended.remove(safe);
    away.remove(safe);
  }

  private void warned(RoomId safe, RoomWarning warning) {
    if (warnings.size() < WARNINGS_MAX) {
      warnings.add(new Warned(safe, warning));
    } else {
      warningsLost++;
    }
  }

  private void connection(RoomId safe, boolean connected) {
    if (connected) {
      away.remove(safe);
      // Whatever came meanwhile is asked for, even if nobody says that anything did.
      changed.add(safe);
    } else {
      away.add(safe);
      lost = true;
    }
  }

  private synchronized void signal(RoomId safe, Runnable change) {
    if (!heard.contains(safe)) {
      return;
    }
    change.run();
    notifyAll();
  }

  /** Waits for anything, for at most so long. */
  synchronized Taken take(long millisMax) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
    while (changed.isEmpty() && ended.isEmpty() && warnings.isEmpty() && !lost) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    Taken taken =
        new Taken(
            new LinkedHashSet<>(changed),
            new LinkedHashMap<>(ended),
            List.copyOf(warnings),
            warningsLost,
            lost,
            away.isEmpty());
    changed.clear();
    ended.clear();
    warnings.clear();
    warningsLost = 0;
    lost = false;
    return taken;
  }
}

package dev.zamok.hub.room;

import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.Notice.Attending;
import dev.zamok.roomlog.Notice.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells other hubs who is here, and takes what they tell. Each hub's word stands for itself, under
 * a number made anew at each start: changes once a second, a snapshot of all every {@link
 * #SNAPSHOT_EVERY}, which corrects whatever was lost on the way. A hub whose snapshots stop is
 * forgotten, with all it told. Belongs to one event loop.
 */
public final class PresenceExchange {
  static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(10);
  static final int SNAPSHOTS_MISSED_MAX = 3;

  /** Sessions in rooms at other hubs; more of them are not counted. About 200 bytes each. */
  static final int ELSEWHERE_MAX = 500_000;

  static final int HUBS_MAX = 1_000;

  private final long hub;
  private final PresenceBoard board;
  private final Consumer<Notice> out;
  private final Runnable newcomer;
  private final Map<Long, Other> others = new HashMap<>();
  private long nextSnapshotNanos;
  private boolean begun;
  private int elsewhere;

  /** Another hub. */
  private static final class Other {
    Set<Attending> told = new HashSet<>();
    final List<Attending> parts = new ArrayList<>();
    int nextPart;
    long heardNanos;
  }

  /**
   * Who takes part.
   *
   * @param hub random, never the same again
   * @param newcomer called when a hub is heard for the first time, at one hub only of those that
   *     were there before
   */
  public PresenceExchange(long hub, PresenceBoard board, Consumer<Notice> out, Runnable newcomer) {
    this.hub = hub;
    this.board = board;
    this.out = out;
    this.newcomer = newcomer;
  }

  /** To be called once a second. */
  public void tick(long nowNanos) {
    forgetSilent(nowNanos);
    List<PresenceChanges.Change> changes = board.changes().take();
    boolean dropped = board.changes().overflowed();
    if (!begun || dropped || nowNanos - nextSnapshotNanos >= 0) {
      begun = true;
      nextSnapshotNanos = nowNanos + SNAPSHOT_EVERY.toNanos();
      snapshot(board.here());
      return;
    }
    tell(changes);
  }

  /** This hub ends: nobody is here any more. */
  public void end() {
    snapshot(List.of());
  }

  private void snapshot(List<Attending> all) {
    int size = Notice.Presence.WHO_MAX;
    int needed = Math.max(1, (all.size() + size - 1) / size);
    int parts = Math.min(needed, Notice.Presence.PARTS_MAX);
    for (int part = 0; part < parts; part++) {
      List<Attending> who = all.subList(part * size, Math.min(all.size(), (part + 1) * size));
      out.accept(new Notice.Presence(hub, Change.SNAPSHOT, part, parts, who));
    }
  }

  /** In the order in which it happened: runs of the same kind go together. */
  private void tell(List<PresenceChanges.Change> changes) {
    List<Attending> run = new ArrayList<>();
    boolean entered = true;
    for (PresenceChanges.Change change : changes) {
      if (change.entered() != entered || run.size() == Notice.Presence.WHO_MAX) {
        tell(entered, run);
        run = new ArrayList<>();
        entered = change.entered();
      }
      run.add(change.who());
    }
    tell(entered, run);
  }

  private void tell(boolean entered, List<Attending> who) {
    if (!who.isEmpty()) {
      out.accept(new Notice.Presence(hub, entered ? Change.ENTERED : Change.LEFT, 0, 1, who));
    }
  }

  /** What a hub told; its own word comes back and is passed over. */
  public void heard(Notice.Presence notice, long nowNanos) {
    if (notice.hub() == hub) {
      return;
    }
    Other other = others.get(notice.hub());
    if (other == null) {
      if (others.size() >= HUBS_MAX) {
        return;
      }
      if (others.keySet().stream().allMatch(known -> hub < known)) {
        newcomer.run();
      }
      // It knows nobody yet, either.
      nextSnapshotNanos = nowNanos;
      other = new Other();
      other.heardNanos = nowNanos;
      others.put(notice.hub(), other);
    }
    switch (notice.change()) {
      case ENTERED -> {
        for (Attending one : notice.who()) {
          enter(notice.hub(), other, one);
        }
      }
      case LEFT -> {
        for (Attending one : notice.who()) {
          leave(notice.hub(), other, one);
        }
      }
      case SNAPSHOT -> part(other, notice, nowNanos);
    }
  }

  /** A part that does not follow was preceded by one that was lost: the next snapshot will do. */
  private void part(Other other, Notice.Presence notice, long nowNanos) {
    other.heardNanos = nowNanos;
    if (notice.part() == 0) {
      other.parts.clear();
      other.nextPart = 0;
    }
    if (notice.part() != other.nextPart || other.parts.size() >= ELSEWHERE_MAX) {
      other.nextPart = -1;
      other.parts.clear();
      return;
    }
    other.nextPart++;
    other.parts.addAll(notice.who());
    if (other.nextPart == notice.parts()) {
      replace(notice.hub(), other, new HashSet<>(other.parts));
      other.parts.clear();
      other.nextPart = -1;
    }
  }

  private void replace(long from, Other other, Set<Attending> now) {
    for (Attending gone : List.copyOf(other.told)) {
      if (!now.contains(gone)) {
        leave(from, other, gone);
      }
    }
    for (Attending one : now) {
      enter(from, other, one);
    }
  }

  private void enter(long from, Other other, Attending one) {
    if (elsewhere < ELSEWHERE_MAX && other.told.add(one)) {
      elsewhere++;
      board.enterElsewhere(from, one);
    }
  }

  private void leave(long from, Other other, Attending one) {
    if (other.told.remove(one)) {
      elsewhere--;
      board.leaveElsewhere(from, one.room(), one.session());
    }
  }

  private void forgetSilent(long nowNanos) {
    long patience = SNAPSHOT_EVERY.multipliedBy(SNAPSHOTS_MISSED_MAX).toNanos();
    others
        .entrySet()
        .removeIf(
            entry -> {
              boolean silent = nowNanos - entry.getValue().heardNanos > patience;
              if (silent) {
                replace(entry.getKey(), entry.getValue(), Set.of());
              }
              return silent;
            });
  }
}

package dev.zamok.hub.limit;

import org.jspecify.annotations.Nullable;

/**
 * Looks at everything that can time out, each once in {@value #SLOTS} ticks, instead of one timer
 * each: a tick costs little, and an idle connection needs no timer object. Belongs to one event
 * loop.
 */
public final class Sweeper {
  private static final int SLOTS = 4;

  /** One tick; everything is looked at once a second. */
  public static final int TICK_MILLIS = 250;

  private final Swept[] slots = new Swept[SLOTS];
  private int nextSlot;
  private int nextTick;

  public Sweeper() {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Head();
    }
  }

  /** Something with deadlines. It is in at most one sweeper. */
  public abstract static class Swept {
    private @Nullable Swept before;
    private @Nullable Swept after;

    /** Ends what is overdue. May add and remove. */
    protected abstract void sweep(long nowNanos);
  }

  private static final class Head extends Swept {
    @Override
    protected void sweep(long nowNanos) {}
  }

  public void add(Swept swept) {
    Swept head = slots[nextSlot++ % SLOTS];
    swept.before = head;
    swept.after = head.after;
    if (head.after != null) {
      head.after.before = swept;
    }
    head.after = swept;
  }

  /** Does nothing when it is in no sweeper. */
  public void remove(Swept swept) {
    Swept before = swept.before;
    if (before == null) {
      return;
    }
    before.after = swept.after;
    if (swept.after != null) {
      swept.after.before = before;
    }
    // "after" stays, so that a sweep that stands here finds its way on
    swept.before = null;
  }

  public void tick(long nowNanos) {
    Swept head = slots[nextTick++ % SLOTS];
    Swept at = head.after;
    while (at != null) {
      Swept next = at.after;
      if (at.before != null) {
        at.sweep(nowNanos);
      }
      at = next;
    }
  }
}

package dev.zamok.crypto.message;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.DeviceId;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Refuses a sequence number that was seen before, per (F, device, kind) of one room, and reports
 * holes. For entries in the order of the log; history read backwards needs no tracker, the log's
 * ids keep it free of repetitions.
 *
 * <p>Remembers the last {@value #WINDOW} numbers of each sender, and the {@code sendersMax} senders
 * heard last: a sender that was forgotten starts anew. Not thread-safe.
 */
public final class SequenceTracker {
  /** How far back a late number is still told from a repeated one. */
  public static final int WINDOW = 1024;

  private final int sendersMax;
  private final Map<Sender, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

  public SequenceTracker(int sendersMax) {
    if (sendersMax < 1) {
      throw new IllegalArgumentException("no room for a sender");
    }
    this.sendersMax = sendersMax;
  }

  /** Notes a number of a message that verified. */
  public Verdict note(Fingerprint author, DeviceId device, EnvelopeKind kind, long seq) {
    Sender sender = new Sender(author, device, kind);
    Window window = windows.get(sender);
    if (window == null) {
      makeRoom();
      windows.put(sender, new Window(seq));
      return Verdict.FRESH;
    }
    return window.note(seq);
  }

  /**
   * Goes on where an earlier run stopped: every number up to {@code highest} counts as seen, and
   * the next one has no hole before it, whatever it is. Does nothing for a sender heard already.
   */
  public void resume(Fingerprint author, DeviceId device, EnvelopeKind kind, long highest) {
    Sender sender = new Sender(author, device, kind);
    if (!windows.containsKey(sender)) {
      makeRoom();
      windows.put(sender, Window.after(highest));
    }
  }

  /** The highest number seen; 0 for strangers. */
  public long highest(Fingerprint author, DeviceId device, EnvelopeKind kind) {
    Window window = windows.get(new Sender(author, device, kind));
    return window == null ? 0 : window.highest;
  }

  /**
   * Whether a number of {@code from} to {@code to} is missing still. Those too old to tell, and
   * those of strangers, are not missing.
   */
  public boolean isMissing(
      Fingerprint author, DeviceId device, EnvelopeKind kind, long from, long to) {
    Window window = windows.get(new Sender(author, device, kind));
    return window != null && window.isMissing(from, to);
  }

  private void makeRoom() {
    if (windows.size() >= sendersMax) {
      windows.remove(windows.keySet().iterator().next());
    }
  }

  /** How many numbers up to the highest one are missing within the window; 0 for strangers. */
  public int missing(Fingerprint author, DeviceId device, EnvelopeKind kind) {
    Window window = windows.get(new Sender(author, device, kind));
    return window == null ? 0 : window.missing();
  }

  /** What a number is. */
  public enum Verdict {
    FRESH,
    /** Fresh, but numbers before it are missing: they were withheld, or are late. */
    FRESH_AFTER_HOLE,
    /** Seen before, or too old to tell: refuse the message. */
    REPEATED
  }

  private record Sender(Fingerprint author, DeviceId device, EnvelopeKind kind) {}

  /** Bit {@code seq % WINDOW} of the numbers in (highest - WINDOW, highest]. */
  private static final class Window {
    private final BitSet seen = new BitSet(WINDOW);
    private long first;
    private long highest;

    /** Of an earlier run: what comes first need not follow. */
    private boolean resumed;

    static Window after(long highest) {
      Window window = new Window(highest);
      window.seen.clear();
      window.first = highest + 1;
      window.resumed = true;
      return window;
    }

    Window(long seq) {
      first = seq;
      highest = seq;
      seen.set(slot(seq));
    }

    Verdict note(long seq) {
      if (seq <= highest) {
        if (seq <= highest - WINDOW || seq < first || seen.get(slot(seq))) {
          return Verdict.REPEATED;
        }
        seen.set(slot(seq));
        return Verdict.FRESH;
      }
      boolean hole = seq != highest + 1 && !resumed;
      if (resumed) {
        resumed = false;
        first = seq;
      }
      if (seq - highest >= WINDOW) {
        seen.clear();
      } else {
        for (long skipped = highest + 1; skipped < seq; skipped++) {
          seen.clear(slot(skipped));
        }
      }
      seen.set(slot(seq));
      highest = seq;
      return hole ? Verdict.FRESH_AFTER_HOLE : Verdict.FRESH;
    }

    boolean isMissing(long from, long to) {
      long lowest = Math.max(Math.max(from, first), highest - WINDOW + 1);
      for (long seq = lowest; seq <= Math.min(to, highest); seq++) {
        if (!seen.get(slot(seq))) {
          return true;
        }
      }
      return false;
    }

    int missing() {
      long span = Math.min(WINDOW, highest - first + 1);
      return (int) span - seen.cardinality();
    }

    private static int slot(long seq) {
      return (int) Long.remainderUnsigned(seq, WINDOW);
    }
  }
}

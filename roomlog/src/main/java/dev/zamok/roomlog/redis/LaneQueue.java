package dev.zamok.roomlog.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What waits in a {@link Lane}, in order. State belongs to its event loop. */
final class LaneQueue {
  private static final int BATCH_ENTRIES_MAX = 2_048;
  private static final long BATCH_BYTES_MAX = 4L << 20;

  private final Deque<Op> ops = new ArrayDeque<>();
  private long bytes;

  boolean isEmpty() {
    return ops.isEmpty();
  }

  int size() {
    return ops.size();
  }

  long bytes() {
    return bytes;
  }

  void add(Op op) {
    ops.addLast(op);
    bytes += op.bytes();
  }

  void addFirst(Op op) {
    ops.addFirst(op);
    bytes += op.bytes();
  }

  /**
   * Takes the next batch, in order: one call per partition. What must wait behind it stays, and
   * everything of that partition after it.
   */
  List<BatchCall> takeBatch() {
    Map<Integer, BatchCall> calls = new LinkedHashMap<>();
    Set<Integer> held = new HashSet<>();
    int count = 0;
    long size = 0;
    Iterator<Op> all = ops.iterator();
    while (all.hasNext() && count < BATCH_ENTRIES_MAX && size < BATCH_BYTES_MAX) {
      Op op = all.next();
      if (held.contains(op.partition())) {
        continue;
      }
      BatchCall call = calls.get(op.partition());
      if (call == null) {
        calls.put(op.partition(), new BatchCall(op));
      } else if (!call.add(op)) {
        held.add(op.partition());
        continue;
      }
      all.remove();
      bytes -= op.bytes();
      count++;
      size += op.bytes();
    }
    return List.copyOf(calls.values());
  }

  /** Takes what found its partition not open. */
  List<Op> takeTried(int partition) {
    List<Op> taken = new ArrayList<>();
    Iterator<Op> all = ops.iterator();
    while (all.hasNext()) {
      Op op = all.next();
      if (op.partition() == partition && op.wasTried()) {
        all.remove();
        bytes -= op.bytes();
        taken.add(op);
      }
    }
    return taken;
  }

  List<Op> takeAll() {
    List<Op> all = List.copyOf(ops);
    ops.clear();
    bytes = 0;
    return all;
  }
}

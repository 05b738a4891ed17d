package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Unavailable;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One function call of a batch: up to 64 entries of a partition, or something else alone; and what
 * is to be called once enough replicas have it.
 */
final class BatchCall {
  static final int ENTRIES_MAX = 64;

  private final int partition;
  private final List<Op> ops = new ArrayList<>();

  /** Those that are neither refused nor failed. */
  private List<Op> waiting = new ArrayList<>();

  private @Nullable Request followUp;
  private boolean fenced;
  private boolean storing;
  private int generation;
  private long counter;

  BatchCall(Op first) {
    this.partition = first.partition();
    ops.add(first);
  }

  /** Returns false when it must wait for another batch. */
  boolean add(Op op) {
    if (ops.size() == ENTRIES_MAX
        || !(op instanceof Op.Entry)
        || !(ops.get(0) instanceof Op.Entry)) {
      return false;
    }
    ops.add(op);
    return true;
  }

  int partition() {
    return partition;
  }

  List<Op> ops() {
    return ops;
  }

  boolean isFenced() {
    return fenced;
  }

  Request request(Requests requests, Seen seen, boolean overloaded) {
    int generation = seen.generation(partition);
    if (ops.get(0) instanceof Op.Single single) {
      return single.request(generation);
    }
    List<Op.Entry> entries = new ArrayList<>(ops.size());
    for (Op op : ops) {
      if (op instanceof Op.Entry entry) {
        entries.add(entry);
      }
    }
    return requests.append(partition, generation, overloaded, entries);
  }

  /** What the server answered, before it is known whether replicas have it. */
  void take(Response answer, Requests requests, Seen seen) {
    String first = answer.get(0).toString();
    switch (first) {
      case "FENCE" -> {
        seen.saw(partition, answer.get(1).toInteger(), 0);
        fenced = true;
      }
      case "DOUBT" -> fail(seen.doubt(partition, answer.get(1).toInteger()));
      case "MISSING" ->
          fail(new Unavailable("this part of the room log waits for its lease holder", false));
      case "OPEN", "OPENING" -> {
        generation = answer.get(1).toInteger();
        seen.saw(partition, generation, 0);
        waiting.addAll(ops);
        if (first.equals("OPENING")) {
          followUp = requests.confirm(partition, generation);
        }
      }
      default -> results(answer, requests, seen);
    }
  }

  private void results(Response answer, Requests requests, Seen seen) {
    generation = answer.get(0).toInteger();
    counter = answer.get(1).toLong();
    seen.saw(partition, generation, counter);
    for (int i = 0; i < ops.size(); i++) {
      String result = i + 2 < answer.size() ? answer.get(i + 2).toString() : "";
      Op op = ops.get(i);
      boolean waits =
          op instanceof Op.Entry entry ? entry.take(result) : ((Op.Single) op).take(result);
      if (waits) {
        waiting.add(op);
      }
    }
    if (!waiting.isEmpty()) {
      followUp = requests.commit(partition, generation, counter);
    }
  }

  @Nullable Request followUp() {
    return waiting.isEmpty() ? null : followUp;
  }

  /** The follow-up's answer. One that comes from a server that has a successor counts no more. */
  void finish(Response answer, Seen seen) {
    String told = seen.generation(partition) > generation ? "" : answer.get(0).toString();
    switch (told) {
      case "OK" -> done();
      case "STORING" -> storing(answer.get(1).toLong());
      default -> failWaiting(new Unavailable("the primary changed while it was waited for", true));
    }
  }

  /** Some wait on until the store has what was appended; {@code committed} tells how far it has. */
  private void storing(long committed) {
    if (counter <= committed) {
      done();
      return;
    }
    List<Op> all = waiting;
    waiting = new ArrayList<>();
    for (Op op : all) {
      if (op.awaitsStore(committed)) {
        waiting.add(op);
      } else {
        op.done();
      }
    }
    storing = !waiting.isEmpty();
  }

  /** Whether the follow-up has to be asked again. */
  boolean isStoring() {
    return storing && !waiting.isEmpty();
  }

  int generation() {
    return generation;
  }

  /** Of the last entry it waits for. */
  long counter() {
    return counter;
  }

  /** Nothing follows. */
  void done() {
    List<Op> all = waiting;
    waiting = new ArrayList<>();
    all.forEach(Op::done);
  }

  void failWaiting(Throwable cause) {
    List<Op> all = waiting;
    waiting = new ArrayList<>();
    all.forEach(op -> op.fail(cause));
  }

  void fail(Throwable cause) {
    waiting.clear();
    ops.forEach(op -> op.fail(cause));
  }
}

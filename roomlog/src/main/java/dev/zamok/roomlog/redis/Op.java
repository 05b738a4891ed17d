package dev.zamok.roomlog.redis;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import org.jspecify.annotations.Nullable;

/** A change that waits in a {@link Lane}, and whoever waits for it. */
abstract sealed class Op permits Op.Entry, Op.Single {
  /** What an operation counts with in the queue beside its body. */
  private static final int BYTES = 256;

  private final int partition;
  private int attempts;

  private Op(int partition) {
    this.partition = partition;
  }

  int partition() {
    return partition;
  }

  /** How often the partition turned out not to be open on the server. */
  int attempted() {
    return ++attempts;
  }

  boolean wasTried() {
    return attempts > 0;
  }

  int bytes() {
    return BYTES;
  }

  /**
   * Whether it is not done before the store has more, where entries are stored first.
   *
   * @param committed up to this counter the store has everything
   */
  abstract boolean awaitsStore(long committed);

  /** Without effect once it is done or failed. */
  abstract void fail(Throwable cause);

  /** To be called once enough replicas have it and what it appended is published. */
  abstract void done();

  /** One entry. */
  static final class Entry extends Op {
    private final Append append;
    private final Promise<Appended> promise;
    private @Nullable Appended result;

    Entry(int partition, Append append, Promise<Appended> promise) {
      super(partition);
      this.append = append;
      this.promise = promise;
    }

    Append append() {
      return append;
    }

    @Override
    int bytes() {
      return BYTES + append.body().size();
    }

    @Override
    boolean awaitsStore(long committed) {
      return result != null && result.position().counter() > committed;
    }

    /** What the function answered; returns whether it must be committed. */
    boolean take(String answer) {
      char first = answer.charAt(0);
      if (first == '+' || first == '=') {
        result = new Appended(Position.parse(answer.substring(1)), first == '=');
        return true;
      }
      fail(refusal(answer));
      return false;
    }

    @Override
    void done() {
      promise.tryComplete(result);
    }

    @Override
    void fail(Throwable cause) {
      promise.tryFail(cause);
    }
  }

  /** Anything else: one function call. */
  static final class Single extends Op {
    private final Call call;
    private final boolean barrier;
    private final Promise<String> promise;
    private String result = "";

    /** Makes the request, given the highest generation seen. */
    interface Call {
      Request request(int generation);
    }

    private Single(int partition, Call call, boolean barrier) {
      super(partition);
      this.call = call;
      this.barrier = barrier;
      this.promise = Promise.promise();
    }

    static Single of(int partition, Call call) {
      return new Single(partition, call, false);
    }

    static Single barrier(int partition, Call call) {
      return new Single(partition, call, true);
    }

    @Override
    boolean awaitsStore(long committed) {
      return barrier;
    }

    Request request(int generation) {
      return call.request(generation);
    }

    io.vertx.core.Future<String> future() {
      return promise.future();
    }

    /** What the function answered; returns whether it changed anything. */
    boolean take(String answer) {
      result = answer;
      if (answer.equals("COLD") || answer.equals("FENCED") || answer.equals("RESTORING")) {
        fail(refusal(answer));
        return false;
      }
      return true;
    }

    @Override
    void done() {
      promise.tryComplete(result);
    }

    @Override
    void fail(Throwable cause) {
      promise.tryFail(cause);
    }
  }

  static Unavailable restoring() {
    return new Unavailable("rooms are still being given back to the log", false);
  }

  private static RuntimeException refusal(String answer) {
    return switch (answer) {
      case "RESTORING" -> restoring();
      case "HELD" -> new Unavailable("the room waits for its next epoch", false);
      default -> new Rejection(code(answer));
    };
  }

  private static ErrorCode code(String answer) {
    return switch (answer) {
      case "COLD" -> ErrorCode.UNKNOWN_ROOM;
      case "EVICTED" -> ErrorCode.EVICTED;
      case "STALE" -> ErrorCode.STALE_EPOCH;
      case "FENCED" -> ErrorCode.FENCED;
      case "OVERLOADED" -> ErrorCode.OVERLOADED;
      default -> throw new IllegalStateException("the server answered " + answer);
    };
  }
}

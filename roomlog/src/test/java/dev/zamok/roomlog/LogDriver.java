package dev.zamok.roomlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Drives a log from a test's thread: waits for futures, makes names. */
public final class LogDriver {
  public static final long TOKEN = 7;
  public static final MemberTag ANNA = new MemberTag(0xa);
  public static final MemberTag BORIS = new MemberTag(0xb);
  private static final long WAIT_SECONDS = 60;

  public final Vertx vertx;
  public final RoomLog log;

  /** Of all drivers: a log that is opened again must not meet an id twice by accident. */
  private static final AtomicLong IDS = new AtomicLong();

  public LogDriver(Vertx vertx, RoomLog log) {
    this.vertx = vertx;
    this.log = log;
    for (int partition = 0; partition < log.partitions(); partition++) {
      await(log.claim(partition, TOKEN));
      nothingLost(partition);
    }
  }

  /** There was nothing to give back. */
  public void nothingLost(int partition) {
    await(log.restored(partition, TOKEN, await(log.restoring(partition))));
  }

  public static RoomId room(long n) {
    return new RoomId(1L << 56, n);
  }

  /** Other rooms of the partition of {@code room}. */
  public List<RoomId> neighbours(RoomId room, int count) {
    List<RoomId> rooms = new ArrayList<>();
    for (long n = 1000; rooms.size() < count; n++) {
      if (log.partitionOf(room(n)) == log.partitionOf(room)) {
        rooms.add(room(n));
      }
    }
    return rooms;
  }

  public RoomId neighbour(RoomId room) {
    return neighbours(room, 1).get(0);
  }

  public static MessageId id(long n) {
    return new MessageId(0xfeed, n);
  }

  public MessageId newId() {
    return new MessageId(0x1d, IDS.incrementAndGet());
  }

  public static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String text(Entry entry) {
    return new String(entry.body().toByteArray(), StandardCharsets.UTF_8);
  }

  public static List<String> texts(List<Entry> entries) {
    return entries.stream().map(LogDriver::text).toList();
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("waited in vain", e);
    }
  }

  public static @Nullable Throwable failure(Future<?> future) {
    return catchThrowable(() -> await(future));
  }

  public static void refused(ErrorCode code, Future<?> future) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Calls on a context and waits for the outcome. */
  public <T> T on(Context context, Supplier<Future<T>> call) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> call.get().onComplete(promise));
    return await(promise.future());
  }

  public Appended append(Append append) {
    return await(log.append(append));
  }

  /** Epoch 1, by its first rekey. */
  public Position create(RoomId room) {
    return rekey(room, 1, 1);
  }

  public Position rekey(RoomId room, int epoch, int minEpoch) {
    return append(Append.rekey(room, epoch, minEpoch, TOKEN, newId(), text("R" + epoch)))
        .position();
  }

  public Append message(RoomId room, String body) {
    return message(room, ANNA, 0, 1, body);
  }

  public Append message(RoomId room, MemberTag tag, int version, int epoch, String body) {
    return Append.message(room, tag, version, epoch, newId(), text(body));
  }

  public Position say(RoomId room, String body) {
    return append(message(room, body)).position();
  }

  public Page read(RoomId room, Position after) {
    return await(log.read(room, after, 1000, 1 << 20));
  }

  public RoomState state(RoomId room) {
    return await(log.state(room));
  }

  public void archive(RoomId room, Position upTo) {
    await(log.archived(TOKEN, room, upTo));
  }

  public void trim(RoomId room, Position cut) {
    archive(room, cut);
    await(log.trim(TOKEN, room, cut, false));
  }

  public Append hint(RoomId room, int epoch) {
    return Append.hint(room, EntryKind.MEMBER, epoch, newId(), Bytes.EMPTY);
  }
}

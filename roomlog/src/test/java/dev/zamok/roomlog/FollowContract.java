package dev.zamok.roomlog;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.roomlog.RoomLog.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Followers, signals and notices. */
abstract class FollowContract {
  private static final RoomId ROOM = room(1);

  private final Supplier<LogDriver> source;
  private LogDriver d;

  FollowContract(Supplier<LogDriver> source) {
    this.source = source;
  }

  @BeforeEach
  void takeDriver() {
    d = source.get();
  }

  private Subscription follow(Context context, RoomId room, Recorder recorder) {
    return d.on(context, () -> d.log.follow(room, recorder));
  }

  @Test
  void aFollowerSeesEachEntryOnceInOrderOnItsContext() {
    d.create(ROOM);
    d.create(room(2));
    Context context = d.vertx.getOrCreateContext();
    Recorder recorder = new Recorder(context);
    follow(context, ROOM, recorder);
    List<Future<Void>> runs = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      Chatter chatter = new Chatter(d.log, c, 200, List.of(ROOM, room(2)));
      runs.add(d.vertx.deployVerticle(chatter).mapEmpty());
    }
    await(Future.all(runs));
    List<Entry> seen = recorder.awaitEntries(300);
    List<Entry> read = d.read(ROOM, Position.ZERO).entries();
    assertThat(seen).isEqualTo(read.subList(1, read.size()));
  }

  @Test
  void severalFollowersOfARoomSeeTheSame() {
    d.create(ROOM);
    List<Recorder> recorders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Context context = d.on(d.vertx.getOrCreateContext(), this::newContext);
      Recorder recorder = new Recorder(context);
      recorders.add(recorder);
      follow(context, ROOM, recorder);
    }
    for (int i = 0; i < 10; i++) {
      d.say(ROOM, "m" + i);
    }
    for (Recorder recorder : recorders) {
      assertThat(recorder.awaitEntries(10))
          .isEqualTo(d.read(ROOM, Position.ZERO).entries().subList(1, 11));
    }
  }

  /** The rule hubs live by: follow, then read, and drop what comes twice. */
  @Test
  void followingFirstAndReadingAfterwardsMissesNothing() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    Future<String> writing = d.vertx.deployVerticle(new Chatter(d.log, 0, 3000, List.of(ROOM)));
    for (int round = 0; round < 20; round++) {
      Recorder recorder = new Recorder(context);
      List<Entry> read = new ArrayList<>();
      Subscription subscription =
          d.on(
              context,
              () ->
                  d.log
                      .follow(ROOM, recorder)
                      .compose(
                          s ->
                              d.log
                                  .read(ROOM, Position.ZERO, 10_000, 1 << 24)
                                  .onSuccess(page -> read.addAll(page.entries()))
                                  .map(s)));
      await(d.log.barrier(d.log.partitionOf(ROOM)));
      Position head = d.state(ROOM).head();
      if (read.isEmpty() || head.isAfter(read.get(read.size() - 1).position())) {
        // delivering takes a moment where the log is elsewhere
        recorder.awaitEntry(head);
      }
      Set<Entry> both = new LinkedHashSet<>(read);
      d.on(
          context,
          () -> {
            subscription.cancel();
            both.addAll(recorder.entries());
            return Future.succeededFuture();
          });
      List<Position> expected =
          d
              .log
              .read(ROOM, Position.ZERO, 10_000, 1 << 24)
              .toCompletionStage()
              .toCompletableFuture()
              .join()
              .entries()
              .stream()
              .map(Entry::position)
              .filter(position -> !position.isAfter(head))
              .toList();
      assertThat(both.stream().map(Entry::position).filter(p -> !p.isAfter(head)))
          .containsExactlyElementsOf(expected);
    }
    await(writing);
  }

  @Test
  void aRoomCanBeFollowedBeforeItExists() {
    Context context = d.vertx.getOrCreateContext();
    Recorder recorder = new Recorder(context);
    follow(context, ROOM, recorder);
    d.create(ROOM);
    assertThat(texts(recorder.awaitEntries(1))).containsExactly("R1");
  }

  @Test
  void noCallFollowsOnceACancelReturnedOnItsContext() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    Recorder recorder = new Recorder(context);
    Recorder other = new Recorder(context);
    Subscription subscription = follow(context, ROOM, recorder);
    follow(context, ROOM, other);
    d.say(ROOM, "seen");
    recorder.awaitEntries(1);
    d.on(
        context,
        () -> {
          Future<Appended> appended = d.log.append(d.message(ROOM, "unseen"));
          subscription.cancel();
          subscription.cancel();
          return appended;
        });
    await(d.log.signal(ROOM, ANNA, text("unseen")));
    other.awaitEntries(2);
    other.awaitSignals(1);
    assertThat(texts(recorder.entries())).containsExactly("seen");
    assertThat(recorder.signals()).isEmpty();
  }

  @Test
  void duplicatesAndRefusedEntriesAreNotDelivered() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    Recorder recorder = new Recorder(context);
    follow(context, ROOM, recorder);
    Append append = d.message(ROOM, "once");
    d.append(append);
    d.append(append);
    LogDriver.failure(d.log.append(d.message(ROOM, ANNA, 0, 7, "stale")));
    d.say(ROOM, "last");
    assertThat(texts(recorder.awaitEntries(2))).containsExactly("once", "last");
  }

  @Test
  void signalsReachTheFollowersOfTheirRoomAndAreNotStored() {
    d.create(ROOM);
    Context context = d.vertx.getOrCreateContext();
    Recorder recorder = new Recorder(context);
    Recorder elsewhere = new Recorder(context);
    follow(context, ROOM, recorder);
    follow(context, room(2), elsewhere);
    Position head = d.state(ROOM).head();
    await(d.log.signal(ROOM, ANNA, text("typing")));
    await(d.log.signal(room(2), ANNA, text("elsewhere")));
    assertThat(recorder.awaitSignals(1)).containsExactly(ANNA + " typing");
    assertThat(elsewhere.awaitSignals(1)).containsExactly(ANNA + " elsewhere");
    assertThat(d.state(ROOM).head()).isEqualTo(head);
  }

  @Test
  void noticesReachEveryHandlerUntilItIsCancelled() {
    List<Notice> first = new CopyOnWriteArrayList<>();
    List<Notice> second = new CopyOnWriteArrayList<>();
    Context context = d.vertx.getOrCreateContext();
    Subscription subscription = d.on(context, () -> d.log.notices(first::add));
    d.on(context, () -> d.log.notices(second::add));
    Notice revoke = new Notice.Revoke(new SessionId(1, 2));
    Notice evict = new Notice.Evict(ROOM, ANNA, 3);
    broadcastAndWait(revoke, second, 1);
    d.on(
        context,
        () -> {
          subscription.cancel();
          return Future.succeededFuture();
        });
    broadcastAndWait(evict, second, 2);
    assertThat(first).containsExactly(revoke);
    assertThat(second).containsExactly(revoke, evict);
  }

  private void broadcastAndWait(Notice notice, List<Notice> seen, int count) {
    await(d.log.broadcast(notice));
    long end = System.nanoTime() + 60_000_000_000L;
    while (seen.size() < count && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private Future<Context> newContext() {
    io.vertx.core.Promise<Context> promise = io.vertx.core.Promise.promise();
    d.vertx
        .deployVerticle(
            new io.vertx.core.VerticleBase() {
              @Override
              public Future<?> start() {
                promise.complete(context);
                return Future.succeededFuture();
              }
            })
        .onFailure(promise::tryFail);
    return promise.future();
  }
}

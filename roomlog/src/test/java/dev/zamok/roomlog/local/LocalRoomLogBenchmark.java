package dev.zamok.roomlog.local;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures durable appends: {@code LocalRoomLogBenchmark DIRECTORY [SECONDS]}. The directory must
 * be on the disk to be measured; a subdirectory is made and removed.
 */
public final class LocalRoomLogBenchmark {
  private static final int BODY_BYTES = 300;
  private static final int WARM_UP_SECONDS = 4;

  private LocalRoomLogBenchmark() {}

  private record Load(int contexts, int inFlight, int rooms) {}

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    System.out.printf(
        "%-10s%-10s%-8s%14s%12s%12s%12s%n",
        "contexts", "in flight", "rooms", "appends/s", "p50 ms", "p99 ms", "p99.9 ms");
    for (Load load :
        List.of(
            new Load(1, 1, 1),
            new Load(1, 1, 1000),
            new Load(2, 256, 1),
            new Load(2, 256, 1000),
            new Load(2, 5000, 1000))) {
      run(Path.of(args[0]), load, seconds);
    }
  }

  private static void run(Path parent, Load load, int seconds) throws IOException {
    Path directory = Files.createTempDirectory(parent, "roomlog");
    Vertx vertx = Vertx.vertx();
    Database database = LogDriver.await(Database.open(vertx, Database.Options.in(directory)));
    RoomLog log = LogDriver.await(LocalRoomLog.open(vertx, database, Clock.systemUTC()));
    for (int i = 0; i < load.rooms(); i++) {
      LogDriver.await(log.openRoom(LogDriver.room(i), 1));
    }
    Trimmer trimmer = new Trimmer(log, load.rooms());
    LogDriver.await(vertx.deployVerticle(trimmer));
    LoadVerticle[] verticles = new LoadVerticle[load.contexts()];
    for (int i = 0; i < verticles.length; i++) {
      verticles[i] = new LoadVerticle(log, i, load.inFlight() / verticles.length, load.rooms());
      LogDriver.await(vertx.deployVerticle(verticles[i]));
    }
    pause(vertx, WARM_UP_SECONDS);
    for (LoadVerticle verticle : verticles) {
      verticle.measuring = true;
    }
    pause(vertx, seconds);
    Future.all(Stream.of(verticles).map(LoadVerticle::finish).toList()).toCompletionStage();
    for (LoadVerticle verticle : verticles) {
      LogDriver.await(verticle.finished.future());
    }
    report(load, verticles, seconds);
    LogDriver.await(log.close());
    LogDriver.await(database.close());
    LogDriver.await(vertx.close());
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  private static void pause(Vertx vertx, int seconds) {
    LogDriver.await(vertx.timer(seconds * 1000L));
  }

  private static void report(Load load, LoadVerticle[] verticles, int seconds) {
    int total = Stream.of(verticles).mapToInt(v -> v.count).sum();
    long[] all = new long[total];
    int at = 0;
    for (LoadVerticle verticle : verticles) {
      System.arraycopy(verticle.nanos, 0, all, at, verticle.count);
      at += verticle.count;
    }
    Arrays.sort(all);
    System.out.printf(
        "%-10d%-10d%-8d%14d%12.2f%12.2f%12.2f%n",
        load.contexts(),
        load.inFlight(),
        load.rooms(),
        total / seconds,
        all[total / 2] / 1e6,
        all[(int) (total * 0.99)] / 1e6,
        all[(int) (total * 0.999)] / 1e6);
  }

  /** Keeps a number of appends under way. */
  private static final class LoadVerticle extends VerticleBase {
    private final RoomLog log;
    private final int author;
    private final int inFlight;
    private final int rooms;
    private final Bytes body = Bytes.wrap(new byte[BODY_BYTES]);
    private final Promise<Void> finished = Promise.promise();
    private long[] nanos = new long[1 << 20];
    private int count;
    private long next;
    private int underWay;
    private volatile boolean measuring;
    private volatile boolean ending;

    LoadVerticle(RoomLog log, int author, int inFlight, int rooms) {
      this.log = log;
      this.author = author;
      this.inFlight = Math.max(1, inFlight);
      this.rooms = rooms;
    }

    @Override
    public Future<?> start() {
      for (int i = 0; i < inFlight; i++) {
        append();
      }
      return Future.succeededFuture();
    }

    Future<Void> finish() {
      measuring = false;
      ending = true;
      return finished.future();
    }

    private void append() {
      long n = next++;
      long started = System.nanoTime();
      underWay++;
      log.append(
              Append.message(
                  LogDriver.room(n % rooms),
                  new MemberTag(author + 1),
                  0,
                  1,
                  new MessageId(author + 1L, n),
                  body))
          .onComplete(
              appended -> {
                underWay--;
                if (measuring && appended.succeeded()) {
                  record(System.nanoTime() - started);
                }
                if (!ending) {
                  append();
                } else if (underWay == 0) {
                  finished.complete();
                }
              });
    }

    private void record(long duration) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = duration;
    }
  }

  /** Trims as a hub without an archive does: once a second all but the newest entries go. */
  private static final class Trimmer extends VerticleBase {
    private final RoomLog log;
    private final int rooms;

    Trimmer(RoomLog log, int rooms) {
      this.log = log;
      this.rooms = rooms;
    }

    @Override
    public Future<?> start() {
      vertx.setPeriodic(
          1000,
          timer -> {
            for (int i = 0; i < rooms; i++) {
              var room = LogDriver.room(i);
              log.state(room).compose(state -> log.trim(0, room, state.head(), true));
            }
          });
      return Future.succeededFuture();
    }
  }
}

package dev.zamok.roomlog.local;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;

/**
 * A process that appends until it is killed. It prints what it may rely on, a line each:
 *
 * <pre>
 * opening
 * ack ROOM AUTHOR NUMBER GENERATION COUNTER.   an entry was acknowledged
 * cut ROOM GENERATION COUNTER.                 entries up to it may be trimmed from now on
 * </pre>
 *
 * The dot tells a whole line from one that the kill tore.
 */
final class KillChild {
  static final int ROOMS = 5;
  static final int AUTHORS = 3;
  private static final int IN_FLIGHT = 16;

  private KillChild() {}

  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    int round = Integer.parseInt(args[1]);
    System.out.println("opening");
    Vertx vertx = Vertx.vertx();
    Database database = LogDriver.await(Database.open(vertx, Database.Options.in(directory)));
    // Small chunks and no memory, so that sweeping and reading happen too.
    Limits limits = new Limits(1L << 30, 1_000_000, 1 << 24, 1 << 16, 4_000);
    RoomLog log = LogDriver.await(LocalRoomLog.open(vertx, database, Clock.systemUTC(), limits));
    LogDriver driver = new LogDriver(vertx, log);
    for (int i = 0; i < ROOMS; i++) {
      LogDriver.await(log.openRoom(LogDriver.room(i), 1));
    }
    for (int i = 0; i < AUTHORS; i++) {
      vertx.deployVerticle(new Author(log, round * AUTHORS + i), new DeploymentOptions());
    }
    Random random = new Random(round);
    while (true) {
      RoomId room = LogDriver.room(random.nextInt(ROOMS));
      Position cut = driver.state(room).head();
      LogDriver.await(log.barrier(0));
      System.out.println("cut " + room.low() + " " + cut.generation() + " " + cut.counter() + ".");
      driver.trim(room, cut);
    }
  }

  /** Appends numbers to the rooms in turn; each room's numbers count up by {@link #ROOMS}. */
  private static final class Author extends VerticleBase {
    private final RoomLog log;
    private final int author;
    private int number;

    Author(RoomLog log, int author) {
      this.log = log;
      this.author = author;
    }

    @Override
    public Future<?> start() {
      for (int i = 0; i < IN_FLIGHT; i++) {
        next();
      }
      return Future.succeededFuture();
    }

    private void next() {
      int n = number++;
      RoomId room = LogDriver.room(n % ROOMS);
      Bytes body = LogDriver.text(author + "/" + n + "x".repeat(n % 300));
      log.append(
              Append.message(
                  room, new MemberTag(author + 1), 0, 1, new MessageId(author + 1L, n), body))
          .onSuccess(appended -> acknowledged(room, n, appended))
          .onFailure(
              e -> {
                System.out.println("failed " + e);
                Runtime.getRuntime().halt(3);
              });
    }

    private void acknowledged(RoomId room, int n, Appended appended) {
      Position p = appended.position();
      System.out.println(
          "ack "
              + room.low()
              + " "
              + author
              + " "
              + n
              + " "
              + p.generation()
              + " "
              + p.counter()
              + ".");
      next();
    }
  }
}

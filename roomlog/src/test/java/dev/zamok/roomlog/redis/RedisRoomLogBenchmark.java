package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures appends on a primary with three replicas of this machine, acknowledged by two: {@code
 * RedisRoomLogBenchmark [SECONDS]}. First what the servers do with bare {@code XADD} and {@code
 * WAIT}, then the log; from append to acknowledgement, and to the follower of another process (in
 * effect: another log with its own connections).
 */
public final class RedisRoomLogBenchmark {
  private static final int BODY_BYTES = 300;
  private static final int ROOMS = 1_000;
  private static final int WARM_UP_SECONDS = 3;

  private RedisRoomLogBenchmark() {}

  public static void main(String[] args) {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
    SharedRedis.topology();
    System.out.printf(
        "%-34s%12s%10s%10s%12s%12s%n",
        "", "appends/s", "ack p50", "ack p99", "deliver p50", "deliver p99");
    bare(seconds, 1);
    bare(seconds, 64);
    log(seconds, 1, true);
    log(seconds, 1, false);
    log(seconds, 64, true);
    log(seconds, 64, false);
    log(seconds, 1_024, false);
    System.exit(0);
  }

  /** XADD of so many entries, then WAIT, one batch after the other, over one connection. */
  private static void bare(int seconds, int batch) {
    Vertx vertx = Vertx.vertx();
    HostAndPort at =
        HostAndPort.create(SharedRedis.primary().at().host(), SharedRedis.primary().at().port());
    Times times = new Times();
    Promise<Void> ended = Promise.promise();
    LogDriver.await(
        vertx.deployVerticle(
            new VerticleBase() {
              private long end;

              @Override
              public Future<?> start() {
                return new Dialer(vertx, Access.OPEN, Duration.ofSeconds(5))
                    .dial(at, Duration.ofSeconds(5))
                    .onSuccess(
                        wire -> {
                          long now = System.nanoTime();
                          times.from = now + WARM_UP_SECONDS * 1_000_000_000L;
                          end = times.from + seconds * 1_000_000_000L;
                          next(wire);
                        });
              }

              private void next(Wire wire) {
                List<Request> requests = new ArrayList<>();
                for (int i = 0; i < batch; i++) {
                  requests.add(
                      Request.cmd(Command.XADD)
                          .arg("bare:" + i % ROOMS)
                          .arg("MAXLEN")
                          .arg("~")
                          .arg(1000)
                          .arg("*")
                          .arg("b")
                          .arg(new byte[BODY_BYTES]));
                }
                requests.add(Requests.wait(2, Duration.ofSeconds(1)));
                long started = System.nanoTime();
                wire.batch(requests, Duration.ofSeconds(1))
                    .onComplete(
                        done -> {
                          for (int i = 0; i < batch; i++) {
                            times.add(started);
                          }
                          if (System.nanoTime() < end) {
                            next(wire);
                          } else {
                            ended.complete();
                          }
                        });
              }
            }));
    LogDriver.await(ended.future());
    report("bare XADD + WAIT, " + batch + " in flight", seconds, times, new Times());
    LogDriver.await(vertx.close());
  }

  private static void log(int seconds, int inFlight, boolean followed) {
    Vertx vertx = Vertx.vertx();
    RedisLogConfig config = SharedRedis.config();
    RoomLog log = LogDriver.await(RedisRoomLog.open(vertx, config));
    RoomLog other = LogDriver.await(RedisRoomLog.open(vertx, config));
    LogDriver driver = new LogDriver(vertx, log);
    Map<MessageId, Long> started = new ConcurrentHashMap<>();
    Times acks = new Times();
    Times deliveries = new Times();
    for (int i = 0; i < ROOMS; i++) {
      RoomId room = LogDriver.room(i);
      LogDriver.await(log.openRoom(room, 1));
      if (followed) {
        LogDriver.await(other.follow(room, new Clocked(started, deliveries)));
      }
    }
    Load load = new Load(log, inFlight, followed ? started : Map.of(), acks);
    long now = System.nanoTime();
    acks.from = now + WARM_UP_SECONDS * 1_000_000_000L;
    deliveries.from = acks.from;
    load.end = acks.from + seconds * 1_000_000_000L;
    LogDriver.await(vertx.deployVerticle(load));
    LogDriver.await(load.ended.future());
    String what = "log, " + inFlight + " in flight" + (followed ? ", followed" : "");
    report(what, seconds, acks, deliveries);
    LogDriver.await(driver.log.close());
    LogDriver.await(other.close());
    LogDriver.await(vertx.close());
    SharedRedis.primary().ask("FLUSHALL");
  }

  private static void report(String what, int seconds, Times acks, Times deliveries) {
    System.out.printf(
        "%-34s%12d%10.2f%10.2f%12.2f%12.2f%n",
        what,
        acks.count() / seconds,
        acks.percentile(0.5),
        acks.percentile(0.99),
        deliveries.percentile(0.5),
        deliveries.percentile(0.99));
  }

  /** Durations in milliseconds. */
  private static final class Times {
    private long[] nanos = new long[1 << 16];
    private int count;
    private volatile long from;

    synchronized void add(long started) {
      long now = System.nanoTime();
      if (now < from) {
        return;
      }
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = now - started;
    }

    synchronized int count() {
      return count;
    }

    synchronized double percentile(double part) {
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return count == 0 ? Double.NaN : sorted[(int) ((count - 1) * part)] / 1e6;
    }
  }

  private record Clocked(Map<MessageId, Long> started, Times times) implements Follower {
    @Override
    public void entries(List<Entry> entries) {
      for (Entry entry : entries) {
        Long since = started.remove(entry.id());
        if (since != null) {
          times.add(since);
        }
      }
    }

    @Override
    public void signal(MemberTag tag, Bytes envelope) {}

    @Override
    public void reread() {}

    @Override
    public void unavailable() {}
  }

  /** Keeps a number of appends under way. */
  private static final class Load extends VerticleBase {
    private final RoomLog log;
    private final int inFlight;
    private final Map<MessageId, Long> started;
    private final Times acks;
    private final Promise<Void> ended = Promise.promise();
    private final Bytes body = Bytes.wrap(new byte[BODY_BYTES]);
    private volatile long end;
    private long next;
    private int underWay;

    Load(RoomLog log, int inFlight, Map<MessageId, Long> started, Times acks) {
      this.log = log;
      this.inFlight = inFlight;
      this.started = started;
      this.acks = acks;
    }

    @Override
    public Future<?> start() {
      for (int i = 0; i < inFlight; i++) {
        append();
      }
      return Future.succeededFuture();
    }

    private void append() {
      long now = System.nanoTime();
      RoomId room = LogDriver.room(next % ROOMS);
      MessageId id = new MessageId(7, ++next);
      if (started instanceof ConcurrentHashMap) {
        started.put(id, now);
      }
      underWay++;
      log.append(Append.message(room, LogDriver.ANNA, 0, 1, id, body))
          .onComplete(
              done -> {
                underWay--;
                if (done.succeeded()) {
                  acks.add(now);
                }
                if (System.nanoTime() < end) {
                  append();
                } else if (underWay == 0) {
                  ended.complete();
                }
              });
    }
  }
}

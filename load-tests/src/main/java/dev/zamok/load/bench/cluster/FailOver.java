package dev.zamok.load.bench.cluster;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.load.bench.Bench;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** SIGKILL of the Redis primary while somebody speaks: how long nothing is acknowledged. */
final class FailOver {
  private static final int PER_SECOND = 200;
  private static final long BEFORE_MILLIS = 2_000;
  private static final long AFTER_MILLIS = 2_000;
  private static final long LOOK_MILLIS = 50;
  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

  /** More acknowledgements than can have been under way. */
  private static final int BACK = 4 * PER_SECOND / 10;

  private final Bench bench;
  private final Site site;
  private final Crossing crossing;

  FailOver(Bench bench, Site site, Crossing crossing) {
    this.bench = bench;
    this.site = site;
    this.crossing = crossing;
  }

  void run(Map<String, Object> more) {
    Talk talk = new Talk(bench.generator().loop(), crossing, PER_SECOND);
    talk.start();
    Bench.pause(BEFORE_MILLIS);
    long refusedBefore = look(Look.REFUSED);
    bench.generator().loop().execute(crossing::beginMeasuring);
    RedisServer primary = site.redis().primary();
    primary.kill();
    long killed = System.nanoTime();
    site.redis().awaitOtherPrimary(primary);
    long elected = System.nanoTime() - killed;
    long answered = look(Look.ANSWERED);
    long since = System.nanoTime();
    while (look(Look.ANSWERED) < answered + BACK) {
      if (System.nanoTime() - since > PAUSE_NANOS_MAX) {
        throw new IllegalStateException("nobody is acknowledged after the fail-over");
      }
      Bench.pause(LOOK_MILLIS);
    }
    Bench.pause(AFTER_MILLIS);
    // While somebody speaks: afterwards silence says nothing.
    long silence = look(Look.SILENCE);
    Bench.wait(talk.stop());
    more.put("failOverMessagesPerSecond", PER_SECOND);
    more.put("failOverElectedMillis", elected / 1_000_000);
    more.put("failOverPauseMillis", silence / 1_000_000);
    more.put("failOverRefused", look(Look.REFUSED) - refusedBefore);
    bench
        .note()
        .accept("fail-over: no acknowledgement for " + more.get("failOverPauseMillis") + " ms");
  }

  private enum Look {
    REFUSED,
    ANSWERED,
    SILENCE
  }

  private long look(Look what) {
    return Bench.wait(
        CompletableFuture.supplyAsync(
            () ->
                switch (what) {
                  case REFUSED -> crossing.refused();
                  case ANSWERED -> crossing.acknowledgedCount();
                  case SILENCE -> crossing.silenceNanos();
                },
            bench.generator().loop()));
  }
}

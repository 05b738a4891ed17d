package dev.zamok.load.bench.cluster;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Speakers at one hub, listeners at the other, so many messages a second by the clock. */
final class Steady {
  private static final long LEAD_MILLIS = 500;
  private static final double[] PERCENTILES = {50, 90, 99};

  private final Bench bench;
  private final Site site;
  private final Crossing crossing;

  Steady(Bench bench, Site site, Crossing crossing) {
    this.bench = bench;
    this.site = site;
    this.crossing = crossing;
  }

  private record Round(
      Histogram acks, Histogram deliveries, double deliveriesPerSecond, long nanos, Costs costs) {}

  /** Deliveries a second, to all listeners of the room of each message. */
  void run(int deliveriesPerSecond, Map<String, Object> more) {
    int perSecond = Math.max(1, deliveriesPerSecond / crossing.listenersOfRoom());
    List<Round> rounds = new ArrayList<>();
    round(perSecond, bench.plan().warmSeconds() * 500L);
    for (int i = 0; i < bench.plan().rounds(); i++) {
      Round round = round(perSecond, bench.plan().seconds() * 1_000L);
      rounds.add(round);
      bench
          .note()
          .accept(
              String.format(
                  Locale.ROOT,
                  "%,d messages/s: %,.0f deliveries/s, ack p50 %,.0f µs, deliver p50 %,.0f µs",
                  perSecond,
                  round.deliveriesPerSecond(),
                  micros(round.acks(), 50),
                  micros(round.deliveries(), 50)));
    }
    tell("at" + deliveriesPerSecond, perSecond, rounds, more);
  }

  private Round round(int perSecond, long millis) {
    Talk talk = new Talk(bench.generator().loop(), crossing, perSecond);
    talk.start();
    Bench.pause(LEAD_MILLIS);
    long before = onLoop(this::begin);
    Costs costs = site.costs();
    long start = System.nanoTime();
    Bench.pause(millis);
    long nanos = System.nanoTime() - start;
    Costs spent = site.costs().minus(costs);
    long delivered = onLoop(crossing::delivered) - before;
    // what is still under way belongs to it: who waits longest is not left out
    Bench.wait(talk.stop());
    return onLoop(
        () ->
            new Round(
                crossing.acks(), crossing.deliveries(), delivered * 1e9 / nanos, nanos, spent));
  }

  private long begin() {
    crossing.beginMeasuring();
    return crossing.delivered();
  }

  private static void tell(
      String name, int perSecond, List<Round> rounds, Map<String, Object> more) {
    more.put(name + "MessagesPerSecond", perSecond);
    more.put(name + "DeliveriesPerSecond", median(rounds, Round::deliveriesPerSecond));
    for (double percentile : PERCENTILES) {
      String suffix = "P" + (long) percentile + "Micros";
      more.put(name + "Ack" + suffix, median(rounds, r -> micros(r.acks(), percentile)));
      more.put(name + "Deliver" + suffix, median(rounds, r -> micros(r.deliveries(), percentile)));
    }
    more.put(name + "SpeakingBusy", median(rounds, r -> busy(r, r.costs().speaking())));
    more.put(name + "ListeningBusy", median(rounds, r -> busy(r, r.costs().listening())));
    more.put(name + "PrimaryBusy", median(rounds, r -> busy(r, r.costs().primary())));
    more.put(name + "ReplicaBusy", median(rounds, r -> busy(r, r.costs().replicas()) / 3));
  }

  private static double busy(Round round, long nanos) {
    return (double) nanos / round.nanos();
  }

  private static double micros(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Result.median(rounds.stream().map(figure::applyAsDouble).toList());
  }

  private <T> T onLoop(Supplier<T> look) {
    return Bench.wait(CompletableFuture.supplyAsync(look, bench.generator().loop()));
  }
}

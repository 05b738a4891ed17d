package dev.zamok.authority.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts answers by operation and status, and their times, in the text format of Prometheus. Holds
 * no identifiers. Thread-safe.
 */
public final class Metrics {
  private static final double[] BUCKET_SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> events = new ConcurrentSkipListMap<>();
  private final Map<String, Long> gauges = new ConcurrentSkipListMap<>();
  private final LongAdder[] buckets = new LongAdder[BUCKET_SECONDS.length + 1];
  private final LongAdder nanosSum = new LongAdder();

  public Metrics() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /**
   * Counts something that happened.
   *
   * @param name of the metric, {@code [a-z_]+}, such as {@code logins_failed}; a constant, never
   *     made of input
   */
  public void count(String name) {
    events.computeIfAbsent(name, n -> new LongAdder()).increment();
  }

  /**
   * Notes how much there is of something now.
   *
   * @param name of the metric, as for {@link #count}
   * @param value of the label; a constant, never made of input
   */
  public void gauge(String name, String label, String value, long amount) {
    gauges.put("zamok_authority_" + name + "{" + label + "=\"" + value + "\"}", amount);
  }

  void answered(String operation, int status, long nanos) {
    String labels = "{operation=\"" + operation + "\",status=\"" + status + "\"}";
    answers.computeIfAbsent(labels, l -> new LongAdder()).increment();
    double seconds = nanos / 1e9;
    int bucket = 0;
    while (bucket < BUCKET_SECONDS.length && seconds > BUCKET_SECONDS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    nanosSum.add(nanos);
  }

  String text() {
    StringBuilder text = new StringBuilder(4096);
    text.append("# TYPE zamok_authority_answers_total counter\n");
    answers.forEach(
        (labels, count) -> line(text, "zamok_authority_answers_total" + labels, count.sum()));
    new TreeMap<>(events)
        .forEach(
            (name, count) -> {
              String metric = "zamok_authority_" + name + "_total";
              text.append("# TYPE ").append(metric).append(" counter\n");
              line(text, metric, count.sum());
            });
    gauges.forEach((labelled, amount) -> line(text, labelled, amount));
    text.append("# TYPE zamok_authority_answer_seconds histogram\n");
    long sum = 0;
    for (int i = 0; i < buckets.length; i++) {
      sum += buckets[i].sum();
      String limit = i < BUCKET_SECONDS.length ? String.valueOf(BUCKET_SECONDS[i]) : "+Inf";
      line(text, "zamok_authority_answer_seconds_bucket{le=\"" + limit + "\"}", sum);
    }
    text.append("zamok_authority_answer_seconds_sum ").append(nanosSum.sum() / 1e9).append('\n');
    line(text, "zamok_authority_answer_seconds_count", sum);
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}

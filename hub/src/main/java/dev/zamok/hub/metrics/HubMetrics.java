package dev.zamok.hub.metrics;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.frame.CloseCode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens; no identifier is ever a label. Thread-safe, and cheap from many event loops.
 */
public final class HubMetrics {
  private final Map<Counter, LongAdder> counters = adders(Counter.class);
  private final Map<CloseCode, LongAdder> closes = adders(CloseCode.class);
  private final Map<ErrorCode, LongAdder> rejects = adders(ErrorCode.class);

  /** Complete, and never changed: safe to read on any thread. */
  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      adders.put(constant, new LongAdder());
    }
    return adders;
  }

  private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E constant) {
    return Objects.requireNonNull(adders.get(constant));
  }

  public void count(Counter counter) {
    of(counters, counter).increment();
  }

  public void count(Counter counter, long times) {
    of(counters, counter).add(times);
  }

  public void closed(CloseCode code) {
    of(closes, code).increment();
  }

  public void rejected(ErrorCode code) {
    of(rejects, code).increment();
  }

  public long value(Counter counter) {
    return of(counters, counter).sum();
  }

  public long closes(CloseCode code) {
    return of(closes, code).sum();
  }

  public long rejects(ErrorCode code) {
    return of(rejects, code).sum();
  }

  /** The Prometheus text format, version 0.0.4. */
  public String prometheus() {
    StringBuilder out = new StringBuilder(4_096);
    for (Counter counter : Counter.values()) {
      head(out, counter.metric(), counter.help(), "counter");
      line(out, counter.metric(), "", value(counter));
    }
    gauge(out, "connections", Counter.CONNECTIONS_OPENED, Counter.CONNECTIONS_CLOSED);
    gauge(out, "rooms", Counter.ROOMS_OPENED, Counter.ROOMS_CLOSED);
    head(out, "zamok_hub_closes_total", "connections closed by the hub, by close code", "counter");
    for (CloseCode code : CloseCode.values()) {
      line(out, "zamok_hub_closes_total", "{code=\"" + code.number() + "\"}", closes(code));
    }
    head(out, "zamok_hub_rejects_total", "requests rejected, by error code", "counter");
    for (ErrorCode code : ErrorCode.values()) {
      String label = "{code=\"" + code.name().toLowerCase(Locale.ROOT) + "\"}";
      line(out, "zamok_hub_rejects_total", label, rejects(code));
    }
    return out.toString();
  }

  private void gauge(StringBuilder out, String name, Counter up, Counter down) {
    head(out, "zamok_hub_" + name, name + " now open", "gauge");
    line(out, "zamok_hub_" + name, "", Math.max(0, value(up) - value(down)));
  }

  private static void head(StringBuilder out, String name, String help, String type) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String name, String labels, long value) {
    out.append(name).append(labels).append(' ').append(value).append('\n');
  }
}

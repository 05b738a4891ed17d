package dev.zamok.roomlog.redis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** An answer to {@code INFO}. */
final class Info {
  /** Of the memory allowed, from which on members' entries are refused. */
  private static final double MEMORY_PART_MAX = 0.7;

  private final Map<String, String> fields = new HashMap<>();

  Info(String text) {
    text.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
              }
            });
  }

  private long number(String field) {
    try {
      return Long.parseLong(fields.getOrDefault(field, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  boolean isShortOfMemory() {
    long max = number("maxmemory");
    return max > 0 && number("used_memory") > max * MEMORY_PART_MAX;
  }

  /** Replicas in step, and how far the slowest of the {@code needed} fastest is behind. */
  Shard.Vitals vitals(int needed) {
    long offset = number("master_repl_offset");
    long[] lags =
        fields.entrySet().stream()
            .filter(field -> field.getKey().matches("slave\\d+"))
            .map(Map.Entry::getValue)
            .filter(value -> value.contains("state=online"))
            .mapToLong(value -> Math.max(0, offset - offset(value)))
            .sorted()
            .toArray();
    long lag = needed == 0 || lags.length == 0 ? 0 : lags[Math.min(needed, lags.length) - 1];
    return new Shard.Vitals(lags.length, lag);
  }

  private static long offset(String replica) {
    return Arrays.stream(replica.split(",", -1))
        .filter(part -> part.startsWith("offset="))
        .mapToLong(part -> Long.parseLong(part.substring("offset=".length())))
        .findFirst()
        .orElse(0);
  }
}

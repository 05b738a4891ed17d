package dev.zamok.app.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The status of a deployment, for a terminal. */
final class StatusText {
  private StatusText() {}

  /** Without alerts, and with a log that takes entries. */
  static boolean isHealthy(JsonObject status) {
    return status.getJsonArray("alerts").isEmpty()
        && objects(status, "log").stream().noneMatch(shard -> shard.containsKey("problem"));
  }

  static String of(JsonObject status) {
    StringBuilder text = new StringBuilder();
    part(text, "authorities", objects(status, "authorities"), StatusText::authority);
    part(text, "hubs", objects(status, "hubs"), StatusText::hub);
    part(text, "room log", objects(status, "log"), StatusText::shard);
    part(text, "alerts", objects(status, "alerts"), StatusText::alert);
    return text.toString().stripTrailing();
  }

  private static void part(
      StringBuilder text, String name, List<JsonObject> lines, Function<JsonObject, String> show) {
    text.append(name).append(lines.isEmpty() ? ": none" : "").append('\n');
    lines.forEach(line -> text.append("  ").append(show.apply(line)).append('\n'));
  }

  private static String authority(JsonObject one) {
    return String.format(
        Locale.ROOT,
        "%-28s %-9s %4d leases, archive %d ms behind, since %s%s",
        one.getString("address").isEmpty() ? "(alone)" : one.getString("address"),
        one.getString("state"),
        one.getInteger("leases"),
        one.getLong("archiveLagMillis"),
        Instant.ofEpochMilli(one.getLong("startedAt")),
        one.getBoolean("self") ? "  <- answers" : "");
  }

  private static String hub(JsonObject one) {
    return String.format(
        Locale.ROOT,
        "%-44s %-9s %d of %d connections, version %s",
        one.getString("address"),
        one.getString("state"),
        one.getInteger("connections"),
        one.getInteger("capacity"),
        one.getString("version"));
  }

  private static String shard(JsonObject one) {
    String problem = one.getString("problem");
    return String.format(
        Locale.ROOT,
        "%-12s primary %s, %d replicas (%d needed), %d bytes behind, generation %d%s",
        one.getString("name"),
        one.getString("primary").isEmpty() ? "unknown" : one.getString("primary"),
        one.getInteger("replicas"),
        one.getInteger("replicasNeeded"),
        one.getLong("lagBytes"),
        one.getInteger("generation"),
        problem == null ? "" : "  PROBLEM: " + problem);
  }

  private static String alert(JsonObject one) {
    return String.format(
        Locale.ROOT,
        "%s  %s %s: %s",
        Instant.ofEpochMilli(one.getLong("at")),
        one.getString("kind"),
        one.getString("subject"),
        one.getString("text"));
  }

  private static List<JsonObject> objects(JsonObject of, String name) {
    JsonArray all = of.getJsonArray(name);
    return IntStream.range(0, all.size()).mapToObj(all::getJsonObject).collect(Collectors.toList());
  }
}

package dev.zamok.app.server;

import dev.zamok.authority.archive.HistoryCheck;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Differences between log and store, for people and for a file. Bodies are ciphertext. */
final class HistoryText {
  private HistoryText() {}

  static String of(List<HistoryCheck.Report> reports) {
    StringBuilder text = new StringBuilder();
    int entries = 0;
    int differences = 0;
    for (HistoryCheck.Report report : reports) {
      entries += report.entries();
      differences += report.differences().size();
      if (!report.differences().isEmpty()) {
        text.append("room ").append(report.room()).append('\n');
        report.differences().forEach(difference -> add(text, difference));
      }
    }
    return text.append(reports.size())
        .append(reports.size() == 1 ? " room, " : " rooms, ")
        .append(entries)
        .append(" entries in the log, ")
        .append(differences == 0 ? "nothing differs" : differences + " differ in the store")
        .append('\n')
        .toString();
  }

  private static void add(StringBuilder text, HistoryCheck.Difference difference) {
    text.append("  ").append(difference.logged().position()).append('\n');
    text.append("    log    ").append(line(difference.logged())).append('\n');
    Entry stored = difference.stored();
    String there =
        stored != null
            ? line(stored)
            : switch (difference.fault()) {
              case MISSING -> "nothing, though it was stored";
              case ID_UNREADABLE -> "this, but where its id first came cannot be read";
              case OTHER, UNREADABLE ->
                  "something that cannot be read, " + difference.sealed().size() + " bytes";
            };
    text.append("    store  ").append(there).append('\n');
  }

  private static String line(Entry entry) {
    return entry.kind()
        + " of "
        + entry.tag()
        + ", id "
        + entry.id()
        + ", epoch "
        + entry.epoch()
        + ", "
        + Instant.ofEpochMilli(entry.timeMillis())
        + ", after "
        + entry.previous()
        + ", "
        + entry.body().size()
        + " bytes, SHA-256 "
        + Hash.of(entry.body());
  }

  /** All of it, so that nothing is lost by a repair. */
  static JsonArray json(List<HistoryCheck.Difference> differences) {
    JsonArray all = new JsonArray();
    for (HistoryCheck.Difference difference : differences) {
      all.add(
          new JsonObject()
              .put("room", difference.logged().room().toString())
              .put("position", difference.logged().position().toString())
              .put("fault", difference.fault().toString())
              .put("logged", frame(difference.logged()))
              .put("stored", difference.stored() == null ? null : frame(difference.stored()))
              .put("sealed", base64(difference.sealed())));
    }
    return all;
  }

  private static @Nullable String frame(Entry entry) {
    return base64(HubFrames.encode(new HubFrame.Entry(entry)));
  }

  private static String base64(Bytes bytes) {
    return bytes.toBase64Url();
  }
}

package dev.zamok.app.demo;

import dev.zamok.client.room.RoomMessage;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Prints, position by position, what the members read, what the hub held, and what the removed
 * member got.
 */
final class Report {
  private static final int READ_WIDTH = 40;
  private static final int HELD_WIDTH = 70;

  private final PrintWriter out;

  Report(PrintWriter out) {
    this.out = out;
  }

  void print(List<RoomMessage> read, Map<Position, Entry> held, List<RoomMessage> removed) {
    Map<Position, RoomMessage> members = byPosition(read);
    Map<Position, RoomMessage> outsider = byPosition(removed);
    row("", "the members read", "the hub held", "carol, removed, got");
    row("", "-".repeat(READ_WIDTH), "-".repeat(HELD_WIDTH), "-".repeat(24));
    TreeSet<Position> positions = new TreeSet<>(held.keySet());
    positions.addAll(members.keySet());
    for (Position position : positions) {
      row(
          position.toString(),
          text(members.get(position)),
          held(held.get(position)),
          text(outsider.get(position)));
    }
    out.flush();
  }

  private static String text(@Nullable RoomMessage message) {
    if (message == null) {
      return "";
    }
    String said =
        message.content() instanceof Content.Text text ? text.words().text() : "(other content)";
    String first = message.author().login().replaceFirst("-.*", "");
    return first + ": " + said;
  }

  private static String held(@Nullable Entry entry) {
    if (entry == null) {
      return "";
    }
    String kind = entry.kind().name().toLowerCase(Locale.ROOT);
    if (entry.kind() != EntryKind.MESSAGE) {
      return "%-8s epoch %d, %d bytes".formatted(kind, entry.epoch(), entry.body().size());
    }
    String hex = entry.body().slice(0, Math.min(12, entry.body().size())).toHex();
    return "%-8s epoch %d, tag %s, %d bytes %s..."
        .formatted(kind, entry.epoch(), entry.tag(), entry.body().size(), hex);
  }

  private void row(String position, String read, String held, String removed) {
    out.printf(
        "   %-6s | %-" + READ_WIDTH + "s | %-" + HELD_WIDTH + "s | %s%n",
        position,
        read,
        held,
        removed);
  }

  private static Map<Position, RoomMessage> byPosition(List<RoomMessage> messages) {
    Map<Position, RoomMessage> map = new HashMap<>();
    messages.forEach(message -> map.put(message.position(), message));
    return map;
  }
}

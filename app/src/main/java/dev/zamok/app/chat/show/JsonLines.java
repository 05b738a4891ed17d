package dev.zamok.app.chat.show;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomSignal;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.ContentCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell, one JSON object a line, in ASCII: nothing in it can move a cursor. Every
 * object has {@code type}; what happens in a room has {@code room} (its id) and {@code name} too.
 */
public final class JsonLines {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .characterEscapes(new DeleteEscaped())
                  .build())
          .build();

  private JsonLines() {}

  /** {@code content} is what the author sent, as CONTENT.md says. */
  public static String message(RoomLabel room, RoomMessage message) {
    ObjectNode line = line("message", room);
    line.put("position", message.position().toString());
    line.put("id", message.id().toString());
    line.put("time", time(message.timeMillis()));
    line.put("written", time(message.claimedMillis()));
    line.put("author", message.author().login());
    line.put("fingerprint", message.author().fingerprint().toString());
    line.put("own", message.own());
    content(line, message.content(), Carrier.MESSAGE);
    return write(line);
  }

  public static String signal(RoomLabel room, RoomSignal signal) {
    ObjectNode line = line("signal", room);
    line.put("author", signal.author().login());
    line.put("fingerprint", signal.author().fingerprint().toString());
    content(line, signal.content(), Carrier.SIGNAL);
    return write(line);
  }

  public static String gap(RoomLabel room, Position from, Position to) {
    return range("gap", room, from, to);
  }

  public static String repaired(RoomLabel room, Position from, Position to) {
    return range("repaired", room, from, to);
  }

  public static String withdrawn(RoomLabel room, List<Position> positions) {
    ObjectNode line = line("withdrawn", room);
    var list = line.putArray("positions");
    positions.forEach(position -> list.add(position.toString()));
    return write(line);
  }

  /** {@code changes} are words for people, empty for the members as found. */
  public static String membership(RoomLabel room, List<String> changes) {
    ObjectNode line = line("membership", room);
    var list = line.putArray("changes");
    changes.forEach(list::add);
    return write(line);
  }

  public static String warning(RoomLabel room, RoomWarning warning) {
    ObjectNode line = line("warning", room);
    line.put("warning", name(warning.kind()));
    line.put("loud", warning.isLoud());
    line.put("position", warning.position().toString());
    line.put("text", warning.text());
    return write(line);
  }

  public static String state(RoomLabel room, RoomState state) {
    return write(line("state", room).put("state", name(state)));
  }

  /** A line without further members, for {@code --list}. */
  public static ObjectNode line(String type, RoomLabel room) {
    return object(type).put("room", room.id().toString()).put("name", room.name());
  }

  /** A line about something else than a room, without further members. */
  public static ObjectNode object(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  public static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static String write(ObjectNode line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON", e);
    }
  }

  private static String range(String type, RoomLabel room, Position from, Position to) {
    ObjectNode line = line(type, room);
    return write(line.put("after", from.toString()).put("upTo", to.toString()));
  }

  private static void content(ObjectNode line, Content content, Carrier carrier) {
    try {
      // Read again as a tree: raw text would escape the escaping.
      line.set("content", JSON.readTree(ContentCodec.encode(content, carrier).toByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException("a content that is no JSON", e);
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(Math.max(0, Math.min(millis, 253_402_300_799_999L))).toString();
  }

  /** DEL is ASCII and no terminal's friend. */
  private static final class DeleteEscaped extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;

    private static final int[] ESCAPES = escapes();

    private static int[] escapes() {
      int[] escapes = Arrays.copyOf(standardAsciiEscapesForJSON(), DELETE + 1);
      escapes[DELETE] = ESCAPE_STANDARD;
      return escapes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ESCAPES.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return null;
    }
  }
}

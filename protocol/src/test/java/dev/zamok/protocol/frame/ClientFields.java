package dev.zamok.protocol.frame;

import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a client frame by name, as the vectors tell them. */
final class ClientFields implements ClientFrame.Visitor<Map<String, Object>> {
  @Override
  public Map<String, Object> hello(ClientFrame.Hello frame) {
    return of("kind", "HELLO", "ticket", frame.ticket());
  }

  @Override
  public Map<String, Object> join(ClientFrame.Join frame) {
    List<Object> rooms = new ArrayList<>();
    for (ClientFrame.Join.Request request : frame.requests()) {
      Map<String, Object> room = of("room", request.room());
      Position after = request.resumeAfter();
      if (after != null) {
        room.put("resumeAfter", after.toString());
      }
      room.put("epochKnown", (long) request.epochKnown());
      rooms.add(room);
    }
    return of("kind", "JOIN", "rooms", rooms);
  }

  @Override
  public Map<String, Object> leave(ClientFrame.Leave frame) {
    return of("kind", "LEAVE", "room", frame.room());
  }

  @Override
  public Map<String, Object> publish(ClientFrame.Publish frame) {
    return of(
        "kind", "PUBLISH",
        "room", frame.room(),
        "id", frame.id(),
        "epoch", frame.epoch(),
        "envelope", frame.envelope().toHex());
  }

  @Override
  public Map<String, Object> signal(ClientFrame.Signal frame) {
    return of("kind", "SIGNAL", "room", frame.room(), "envelope", frame.envelope().toHex());
  }

  @Override
  public Map<String, Object> renew(ClientFrame.Renew frame) {
    return of("kind", "TICKET", "ticket", frame.ticket());
  }

  @Override
  public Map<String, Object> ping(ClientFrame.Ping frame) {
    return of("kind", "PING", "nonce", String.format("%016x", frame.nonce()));
  }

  /** Names and values in turn; ids and positions as text, numbers as they are. */
  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value instanceof Number number) {
        fields.put((String) namesAndValues[i], number.longValue());
      } else if (value instanceof List<?> || value instanceof Map<?, ?>) {
        fields.put((String) namesAndValues[i], value);
      } else {
        fields.put((String) namesAndValues[i], value.toString());
      }
    }
    return fields;
  }
}

package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How rooms look in the contract. */
public final class RoomJson {
  private RoomJson() {}

  public static String role(Role role) {
    return name(role);
  }

  /** Fails with {@link Refusal} for what the contract does not know. */
  static Role role(String text) {
    return value(Role.class, text);
  }

  static RoomKind kind(String text) {
    return value(RoomKind.class, text);
  }

  static History history(String text) {
    return value(History.class, text);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E value(Class<E> type, String text) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw Problem.REQUEST_INVALID.refusal();
    }
  }

  static Bytes bytes(String text) {
    try {
      return Bytes.fromBase64Url(text);
    } catch (IllegalArgumentException e) {
      throw Problem.REQUEST_INVALID.refusal();
    }
  }

  static JsonObject seen(RoomDesk.Seen seen) {
    return room(seen.membership(), seen.header());
  }

  static JsonObject room(Membership membership, RoomHeader header) {
    Standing standing = header.standing();
    RoomLabel label = header.label();
    JsonObject json =
        new JsonObject()
            .put("room", membership.room().toString())
            .put("kind", name(header.kind()))
            .put("history", name(header.history()))
            .put("role", role(membership.role()))
            .put("tag", membership.tag().toString())
            .put("memberVersion", membership.version())
            .put("epoch", header.epoch().n())
            .put("generation", standing.generation())
            .put("owesGeneration", standing.owesGeneration());
    if (standing.chainLength() == 0) {
      return json.put("name", label.name()).put("open", label.open());
    }
    json.put("chainLength", standing.chainLength())
        .put("chainHead", standing.chainHead().toString());
    return label.info().isEmpty() ? json : json.put("info", label.info().toBase64Url());
  }

  static JsonObject members(List<RoomDesk.Listed> members) {
    JsonArray array = new JsonArray();
    for (RoomDesk.Listed listed : members) {
      Member member = listed.member();
      array.add(
          new JsonObject()
              .put("account", member.account().toString())
              .put("login", listed.person().login())
              .put("fingerprint", member.fingerprint().toString())
              .put("card", listed.person().card().encoded().toBase64Url())
              .put("tag", member.tag().toString())
              .put("role", role(member.role()))
              .put("memberVersion", member.version())
              .put("present", member.present()));
    }
    return new JsonObject().put("members", array);
  }

  static JsonObject statements(RoomDesk.Piece piece) {
    JsonArray array = new JsonArray();
    piece.statements().forEach(statement -> array.add(statement.toBase64Url()));
    return new JsonObject().put("statements", array).put("length", piece.length());
  }

  static JsonObject wraps(List<Wraps.Kept> wraps) {
    JsonArray array = new JsonArray();
    for (Wraps.Kept kept : wraps) {
      array.add(
          new JsonObject()
              .put("generation", kept.g())
              .put("recipient", kept.recipient().toString())
              .put("wrapper", kept.wrapper().toString())
              .put("wrap", kept.wrap().toBase64Url()));
    }
    return new JsonObject().put("wraps", array);
  }

  static JsonObject channels(List<RoomDesk.Channel> channels) {
    JsonArray array = new JsonArray();
    for (RoomDesk.Channel channel : channels) {
      array.add(
          new JsonObject().put("room", channel.room().toString()).put("name", channel.name()));
    }
    return new JsonObject().put("channels", array);
  }

  static Extension extension(JsonObject json) {
    List<Bytes> statements = new ArrayList<>();
    for (Object statement : json.getJsonArray("statements")) {
      statements.add(bytes((String) statement));
    }
    List<Wraps.Given> wraps = new ArrayList<>();
    for (Object item : json.getJsonArray("wraps", new JsonArray())) {
      JsonObject wrap = (JsonObject) item;
      wraps.add(
          new Wraps.Given(
              wrap.getInteger("generation"),
              Fingerprint.parse(wrap.getString("recipient")),
              bytes(wrap.getString("wrap"))));
    }
    return new Extension(statements, wraps, info(json));
  }

  static @Nullable Bytes info(JsonObject json) {
    String info = json.getString("info");
    return info == null ? null : bytes(info);
  }

  static @Nullable RoomId after(Optional<String> text) {
    return text.map(RoomId::parse).orElse(null);
  }
}

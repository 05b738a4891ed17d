package dev.zamok.client.authority;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.KeyId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON to {@link Answers}, one method per schema of {@code openapi.yaml}. */
final class Reading {
  private Reading() {}

  static Answers.About about(JsonFields in) {
    if (!in.text("api").equals("v1")) {
      throw ClientProblem.of(ClientProblem.Kind.REFUSED, "the server speaks another version");
    }
    List<Answers.ControlKey> keys =
        in.objects(
            "controlKeys",
            key -> new Answers.ControlKey(key.parsed("keyId", KeyId::parse), key.bytes("ed25519")));
    return new Answers.About(in.text("hub"), keys, in.object("limits").u31("roomsPerTicketMax"));
  }

  static Answers.Account account(JsonFields in) {
    return new Answers.Account(
        in.parsed("account", AccountId::parse), in.text("login"), in.bytes("card"));
  }

  static Answers.Keyset keyset(JsonFields in) {
    List<Answers.Unlock> unlocks =
        in.objects(
            "unlocks",
            unlock ->
                new Answers.Unlock(
                    unlock.u31("type"), unlock.text("params"), unlock.bytes("wrap")));
    return new Answers.Keyset(in.u31("seq"), in.bytes("sealed"), unlocks);
  }

  static Answers.NewSession newSession(JsonFields in) {
    return new Answers.NewSession(
        in.text("token"),
        in.parsed("session", SessionId::parse),
        in.parsed("account", AccountId::parse),
        in.number("expiresAt"));
  }

  static Answers.DeviceSession deviceSession(JsonFields in) {
    return new Answers.DeviceSession(
        in.parsed("session", SessionId::parse),
        in.parsed("device", DeviceId::parse),
        in.textOrNull("deviceName"),
        in.number("createdAt"),
        in.number("lastSeenAt"),
        in.flag("current"),
        in.flagOr("kept", false));
  }

  static Answers.Channel channel(JsonFields in) {
    return new Answers.Channel(room(in, "room"), in.text("name"));
  }

  static Answers.Room room(JsonFields in) {
    return new Answers.Room(
        room(in, "room"),
        in.parsed("kind", text -> constant(RoomKind.class, text)),
        in.parsed("history", text -> constant(History.class, text)),
        role(in),
        in.parsed("tag", MemberTag::parse),
        in.u31("epoch"),
        in.u31("generation"),
        in.flag("owesGeneration"),
        in.has("chainLength") ? in.u31("chainLength") : 0,
        in.textOrNull("name"),
        in.flagOr("open", false),
        in.bytesOrNull("info"));
  }

  static Answers.Member member(JsonFields in) {
    return new Answers.Member(
        in.parsed("account", AccountId::parse),
        in.text("login"),
        in.parsed("fingerprint", Fingerprint::parse),
        in.bytes("card"),
        in.parsed("tag", MemberTag::parse),
        role(in),
        in.flagOr("present", true));
  }

  static Answers.Statements statements(JsonFields in) {
    return new Answers.Statements(in.blobs("statements"), in.u31("length"));
  }

  static Answers.Wrapped wrapped(JsonFields in) {
    return new Answers.Wrapped(
        in.u31("generation"),
        in.parsed("recipient", Fingerprint::parse),
        in.parsed("wrapper", Fingerprint::parse),
        in.bytes("wrap"));
  }

  static Answers.Items items(JsonFields in) {
    return new Answers.Items(
        in.objects(
            "items",
            item ->
                new Answers.ItemVersion(
                    item.parsed("item", ItemId::parse),
                    item.u31("version"),
                    item.u31("generation"),
                    item.u31("kind"),
                    item.bytes("record"))),
        in.flag("more"));
  }

  static Answers.Ticket ticket(JsonFields in) {
    return new Answers.Ticket(
        in.text("ticket"),
        in.number("expiresAt"),
        hubs(in),
        in.parsed("connection", ConnectionId::parse),
        in.objects("rooms", Reading::ticketRoom));
  }

  /** Servers before several hubs name one only. */
  private static List<String> hubs(JsonFields in) {
    List<String> hubs = in.has("hubs") ? in.texts("hubs") : List.of();
    return hubs.isEmpty() ? List.of(in.text("hub")) : hubs;
  }

  private static Answers.TicketRoom ticketRoom(JsonFields in) {
    return new Answers.TicketRoom(
        room(in, "room"),
        in.u31("epoch"),
        in.u31("generation"),
        in.parsed("rekeyHash", text -> new Hash(Bytes.fromBase64Url(text))),
        in.flag("owesGeneration"),
        in.parsed("tag", MemberTag::parse),
        role(in),
        in.has("chainLength") ? in.u31("chainLength") : 0);
  }

  static Answers.Shares shares(JsonFields in) {
    List<Answers.Share> shares =
        in.objects(
            "shares", share -> new Answers.Share(share.u31("epoch"), secret(share, "share")));
    List<Answers.ManagedSecret> secrets =
        in.has("secrets")
            ? in.objects(
                "secrets", s -> new Answers.ManagedSecret(s.u31("generation"), secret(s, "secret")))
            : List.of();
    return new Answers.Shares(room(in, "room"), shares, in.blobs("rekeys"), secrets);
  }

  static Answers.HistoryPage history(JsonFields in) {
    List<Entry> entries = in.blobs("entries").stream().map(Reading::entry).toList();
    Position completeTo = in.parsed("completeTo", Position::parse);
    return new Answers.HistoryPage(entries, completeTo, in.flag("more"));
  }

  private static Entry entry(Bytes frame) {
    try {
      if (HubFrames.decode(frame) instanceof HubFrame.Entry entry) {
        return entry.entry();
      }
    } catch (MalformedException e) {
      throw ClientProblem.tampered("an entry of the history breaks its format");
    }
    throw ClientProblem.tampered("an entry of the history is none");
  }

  private static RoomId room(JsonFields in, String name) {
    return in.parsed(
        name,
        text -> {
          RoomId room = RoomId.parse(text);
          room.trust();
          return room;
        });
  }

  private static Role role(JsonFields in) {
    return in.parsed("role", text -> constant(Role.class, text));
  }

  private static SecretBytes secret(JsonFields in, String name) {
    SecretBytes secret = SecretBytes.wrap(in.bytes(name).toByteArray());
    if (secret.size() != Hash.SIZE) {
      throw ClientProblem.tampered("the server's answer breaks its contract: " + name);
    }
    return secret;
  }

  /** {@code from-join} for {@code FROM_JOIN}. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E constant(Class<E> type, @Nullable String name) {
    for (E constant : type.getEnumConstants()) {
      if (name(constant).equals(name)) {
        return constant;
      }
    }
    throw new MalformedException("unknown " + type.getSimpleName());
  }
}

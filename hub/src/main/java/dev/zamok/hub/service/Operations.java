package dev.zamok.hub.service;

import dev.zamok.hub.room.PresenceBoard;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongFunction;

/**
 * What a backend may ask for: one method per operation of {@code service-api.yaml}. Each yields the
 * JSON of its answer. Belongs to one context.
 */
final class Operations {
  private static final int ENTRIES_DEFAULT = 100;
  private static final int ENTRIES_MAX = 500;
  private static final int PAGE_BYTES_MAX = 1_048_576;

  private final RoomLog log;
  private final PresenceBoard presence;
  private final Leases leases;

  Operations(RoomLog log, PresenceBoard presence, Leases leases) {
    this.log = log;
    this.presence = presence;
    this.leases = leases;
  }

  Future<JsonObject> openRoom(RoutingContext context) {
    RoomId room = room(context);
    Fields fields = Fields.of(context);
    int epoch = fields.number("epoch");
    fields.end();
    return log.openRoom(room, epoch).compose(done -> log.state(room)).map(Operations::json);
  }

  Future<JsonObject> state(RoutingContext context) {
    return log.state(room(context)).map(Operations::json);
  }

  Future<JsonObject> pushEntry(RoutingContext context) {
    RoomId room = room(context);
    Fields fields = Fields.of(context);
    EntryKind kind =
        switch (fields.has("kind") ? fields.text("kind") : "message") {
          case "message" -> EntryKind.MESSAGE;
          case "member" -> EntryKind.MEMBER;
          case "item" -> EntryKind.ITEM;
          default -> throw new MalformedException("\"kind\" must be message, member or item");
        };
    MemberTag tag = fields.has("tag") ? fields.tag("tag") : MemberTag.NONE;
    int version = fields.has("memberVersion") ? fields.number("memberVersion") : 0;
    int epoch = fields.number("epoch");
    MessageId id = fields.id("id");
    Bytes body = fields.bytes("body");
    fields.end();
    return appended(new Append(room, kind, tag, version, epoch, id, body, null));
  }

  Future<JsonObject> pushSignal(RoutingContext context) {
    RoomId room = room(context);
    Fields fields = Fields.of(context);
    MemberTag tag = fields.has("tag") ? fields.tag("tag") : MemberTag.NONE;
    Bytes envelope = fields.bytes("envelope");
    fields.end();
    if (envelope.isEmpty() || envelope.size() > ClientFrames.SIGNAL_BYTES_MAX) {
      throw new MalformedException("\"envelope\" must have 1 to 4096 bytes");
    }
    return log.signal(room, tag, envelope).map(done -> new JsonObject());
  }

  Future<JsonObject> rekey(RoutingContext context) {
    RoomId room = room(context);
    Fields fields = Fields.of(context);
    int epoch = fields.number("epoch");
    int minEpoch = fields.number("minEpoch");
    MessageId id = fields.id("id");
    Bytes body = fields.bytes("body");
    fields.end();
    if (epoch < 1) {
      throw new MalformedException("\"epoch\" must be at least 1");
    }
    return leased(room, lease -> Append.rekey(room, epoch, minEpoch, lease, id, body));
  }

  Future<JsonObject> announce(RoutingContext context) {
    RoomId room = room(context);
    Fields fields = Fields.of(context);
    int epoch = fields.number("epoch");
    MessageId id = fields.id("id");
    Bytes body = fields.bytes("body");
    fields.end();
    return leased(room, lease -> Append.announce(room, epoch, lease, id, body));
  }

  Future<JsonObject> closeEpochs(RoutingContext context) {
    RoomId room = room(context);
    Fields fields = Fields.of(context);
    int epoch = fields.number("epoch");
    int minEpoch = fields.number("minEpoch");
    MessageId id = fields.id("id");
    fields.end();
    return leased(room, lease -> Append.close(room, epoch, minEpoch, lease, id));
  }

  /** At once by a notice, for good by the entry. */
  Future<JsonObject> evict(RoutingContext context) {
    RoomId room = room(context);
    Fields fields = Fields.of(context);
    int epoch = fields.number("epoch");
    MemberTag tag = fields.tag("tag");
    int below = fields.number("below");
    MessageId id = fields.id("id");
    fields.end();
    return log.broadcast(new Notice.Evict(room, tag, below))
        .compose(told -> leased(room, lease -> Append.evict(room, epoch, tag, below, lease, id)));
  }

  Future<JsonObject> revoke(RoutingContext context) {
    Fields fields = Fields.of(context);
    SessionId session = SessionId.parse(fields.text("session"));
    fields.end();
    return log.broadcast(new Notice.Revoke(session)).map(done -> new JsonObject());
  }

  Future<JsonObject> entries(RoutingContext context) {
    RoomId room = room(context);
    String after = context.request().getParam("after", Position.ZERO.toString());
    String max = context.request().getParam("max", Integer.toString(ENTRIES_DEFAULT));
    if (!max.matches("[1-9][0-9]{0,2}") || Integer.parseInt(max) > ENTRIES_MAX) {
      throw new MalformedException("\"max\" must be 1 to " + ENTRIES_MAX);
    }
    return log.read(room, Position.parse(after), Integer.parseInt(max), PAGE_BYTES_MAX)
        .map(Operations::json);
  }

  Future<JsonObject> presence(RoutingContext context) {
    HubFrame.Presence found = presence.of(room(context));
    JsonArray tags = new JsonArray();
    found.tags().forEach(tag -> tags.add(tag.toString()));
    return Future.succeededFuture(new JsonObject().put("count", found.count()).put("tags", tags));
  }

  private Future<JsonObject> leased(RoomId room, LongFunction<Append> append) {
    return leases.of(room).compose(token -> appended(append.apply(token)));
  }

  private Future<JsonObject> appended(Append append) {
    return log.append(append)
        .onSuccess(appended -> leases.reached(append.room(), appended.position()))
        .map(Operations::json);
  }

  private static RoomId room(RoutingContext context) {
    RoomId room = RoomId.parse(context.pathParam("room"));
    room.trust();
    return room;
  }

  private static JsonObject json(Appended appended) {
    return new JsonObject()
        .put("position", appended.position().toString())
        .put("duplicate", appended.duplicate());
  }

  private static JsonObject json(RoomState state) {
    return new JsonObject()
        .put("head", state.head().toString())
        .put("epoch", state.epoch())
        .put("minEpoch", state.minEpoch())
        .put("floor", state.floor().toString())
        .put("archived", state.archived().toString());
  }

  private static JsonObject json(Page page) {
    JsonArray entries = new JsonArray();
    for (Entry entry : page.entries()) {
      entries.add(HubFrames.encode(new HubFrame.Entry(entry)).toBase64Url());
    }
    return new JsonObject()
        .put("entries", entries)
        .put("complete", page.complete())
        .put("lost", page.lost())
        .put("more", page.more())
        .put("head", page.head().toString())
        .put("floor", page.floor().toString());
  }
}

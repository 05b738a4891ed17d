package dev.zamok.authority.item;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Items of sealed rooms. Who may write what is for the chain to say; reading asks for membership
 * alone, since members know from the chain what there is.
 */
public final class ItemApi implements Endpoints {
  /** Of the records of one answer; the rest is to be asked for again. */
  private static final int ANSWER_BYTES_MAX = 8 << 20;

  private final Rooms rooms;
  private final SealedStore store;

  public ItemApi(Rooms rooms, SealedStore store) {
    this.rooms = rooms;
    this.store = store;
  }

  @Override
  public void addTo(Api api) {
    api.on("putItem", this::put).on("putItems", this::putAll).on("lookupItems", this::lookup);
  }

  /** {@code If-Match} names the version that is replaced, 0 for none. */
  private Future<Answer> put(Request request) {
    ItemId item = parsed(() -> ItemId.parse(request.path("item")));
    JsonObject body = request.body();
    List<Statement> statements = statements(new JsonArray().add(body.getString("statement")));
    if (!(statements.get(0).op() instanceof ChainOp.Item op)
        || !op.item().equals(item)
        || op.version() != request.ifMatch() + 1) {
      throw Refusal.because(Problem.ITEM_INVALID, "the statement is about another version");
    }
    JsonArray records = new JsonArray();
    JsonObject record = body.getJsonObject("record");
    if (record != null) {
      records.add(record);
    }
    return write(request, statements, records)
        .map(done -> Answer.NO_CONTENT.withETag(op.version()));
  }

  private Future<Answer> putAll(Request request) {
    JsonObject body = request.body();
    return write(
            request,
            statements(body.getJsonArray("statements")),
            body.getJsonArray("records", new JsonArray()))
        .map(Answer.NO_CONTENT);
  }

  private Future<Void> write(Request request, List<Statement> statements, JsonArray records) {
    List<StoredRecord> given = new ArrayList<>(records.size());
    for (Object record : records) {
      given.add(parsed(() -> record((JsonObject) record)));
    }
    ItemCargo cargo = new ItemCargo(store, statements, given);
    List<Bytes> encoded = statements.stream().map(Statement::encoded).toList();
    return rooms.extend(request.principal(), roomOf(request), encoded, cargo);
  }

  private static StoredRecord record(JsonObject json) {
    Bytes record = Bytes.fromBase64Url(json.getString("record"));
    if (record.size() > StoredRecord.RECORD_BYTES_MAX) {
      throw Refusal.because(Problem.TOO_LARGE, "a record of an item");
    }
    return new StoredRecord(
        ItemId.parse(json.getString("item")),
        json.getInteger("version"),
        json.getInteger("generation"),
        json.getInteger("kind"),
        record);
  }

  private Future<Answer> lookup(Request request) {
    RoomId room = roomOf(request);
    return rooms
        .membership(request.principal().account(), room)
        .compose(
            found -> {
              if (found.filter(m -> m.role().atLeast(Role.READER)).isEmpty()) {
                throw Problem.NOT_FOUND.refusal();
              }
              return read(room, request.body().getJsonArray("items"));
            });
  }

  private Future<Answer> read(RoomId room, JsonArray wanted) {
    List<RowKey> keys = new ArrayList<>(wanted.size());
    for (Object each : wanted) {
      JsonObject one = (JsonObject) each;
      keys.add(
          parsed(
              () ->
                  ItemTables.record(
                      room,
                      ItemId.parse(one.getString("item")),
                      one.getInteger("version"),
                      new Hash(Bytes.fromBase64Url(one.getString("hash"))))));
    }
    if (new HashSet<>(keys).size() < keys.size()) {
      throw Refusal.because(Problem.REQUEST_INVALID, "a record is asked for twice");
    }
    return new ItemReading(store, wanted, keys).read(ANSWER_BYTES_MAX).map(Answer::ok);
  }

  private static List<Statement> statements(JsonArray encoded) {
    List<Statement> statements = new ArrayList<>(encoded.size());
    try {
      for (Object statement : encoded) {
        statements.add(Statement.parse(Bytes.fromBase64Url((String) statement)));
      }
    } catch (MalformedException | IllegalArgumentException | ChainException e) {
      throw Refusal.because(Problem.CHAIN_INVALID, "not a statement");
    }
    return statements;
  }

  private static RoomId roomOf(Request request) {
    return RoomId.parse(request.path("room"));
  }

  private interface Parsing<T> {
    T parse();
  }

  private static <T> T parsed(Parsing<T> parsing) {
    try {
      return parsing.parse();
    } catch (MalformedException | IllegalArgumentException e) {
      throw Problem.REQUEST_INVALID.refusal();
    }
  }
}

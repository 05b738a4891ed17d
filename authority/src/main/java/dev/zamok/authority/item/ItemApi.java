package dev.zamok.authority.item;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.store.Row;
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
import java.util.List;
import java.util.Optional;

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
    List<Future<Optional<Row>>> reads = new ArrayList<>(wanted.size());
    for (Object each : wanted) {
      JsonObject one = (JsonObject) each;
      reads.add(
          store.get(
              parsed(
                  () ->
                      ItemTables.record(
                          room,
                          ItemId.parse(one.getString("item")),
                          one.getInteger("version"),
                          new Hash(Bytes.fromBase64Url(one.getString("hash")))))));
    }
    return Future.all(reads).map(all -> Answer.ok(found(wanted, all.list())));
  }

  /** In the order of the question; {@code more} when the rest did not fit. */
  private static JsonObject found(JsonArray wanted, List<Optional<Row>> rows) {
    JsonArray items = new JsonArray();
    int bytes = 0;
    boolean more = false;
    for (int i = 0; i < rows.size() && !more; i++) {
      if (rows.get(i).isEmpty()) {
        continue;
      }
      JsonObject asked = wanted.getJsonObject(i);
      StoredRecord record =
          StoredRecord.of(
              ItemId.parse(asked.getString("item")),
              asked.getInteger("version"),
              rows.get(i).get().body());
      bytes += record.record().size();
      more = bytes > ANSWER_BYTES_MAX && !items.isEmpty();
      if (!more) {
        items.add(
            new JsonObject()
                .put("item", record.item().toString())
                .put("version", record.version())
                .put("generation", record.g())
                .put("kind", record.kind())
                .put("record", record.record().toBase64Url()));
      }
    }
    return new JsonObject().put("items", items).put("more", more);
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

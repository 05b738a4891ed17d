package dev.zamok.authority.item;

import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.ItemId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One answer to a question for records: in the order of the question, {@code more} when the rest
 * did not fit. A few are read at a time, so that what one question holds in memory is bounded by
 * the answer, not by what was asked for.
 */
final class ItemReading {
  /** Of the largest records, about as much as an answer. */
  private static final int AT_ONCE_MAX = 16;

  private final SealedStore store;
  private final JsonArray wanted;
  private final List<RowKey> keys;
  private final JsonArray items = new JsonArray();
  private int bytes;
  private boolean more;

  /**
   * @param wanted what was asked, one for each of {@code keys}
   */
  ItemReading(SealedStore store, JsonArray wanted, List<RowKey> keys) {
    this.store = store;
    this.wanted = wanted;
    this.keys = keys;
  }

  Future<JsonObject> read(int bytesMax) {
    return from(0, bytesMax).map(v -> new JsonObject().put("items", items).put("more", more));
  }

  private Future<Void> from(int first, int bytesMax) {
    if (first >= keys.size() || more) {
      return Future.succeededFuture();
    }
    List<RowKey> some = keys.subList(first, Math.min(keys.size(), first + AT_ONCE_MAX));
    List<Future<Optional<Row>>> reads = new ArrayList<>(some.size());
    some.forEach(key -> reads.add(store.get(key)));
    return Future.all(reads)
        .compose(
            all -> {
              List<Optional<Row>> rows = all.list();
              for (int i = 0; i < rows.size() && !more; i++) {
                JsonObject asked = wanted.getJsonObject(first + i);
                rows.get(i).ifPresent(row -> add(asked, row, bytesMax));
              }
              return from(first + some.size(), bytesMax);
            });
  }

  private void add(JsonObject asked, Row row, int bytesMax) {
    StoredRecord record =
        StoredRecord.of(
            ItemId.parse(asked.getString("item")), asked.getInteger("version"), row.body());
    bytes += record.record().size();
    more = bytes > bytesMax && !items.isEmpty();
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
}

package dev.zamok.client.authority;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.SessionApi.ItemQuery;
import dev.zamok.client.authority.SessionApi.ItemWrites;
import java.util.List;

/** What is sent about items. */
final class ItemBodies {
  private ItemBodies() {}

  static ObjectNode single(ItemWrites writes) {
    ObjectNode body = HttpExchange.object();
    body.put("statement", writes.statements().get(0).toBase64Url());
    if (!writes.records().isEmpty()) {
      write(writes.records().get(0), body.putObject("record"));
    }
    return body;
  }

  static ObjectNode several(ItemWrites writes) {
    ObjectNode body = HttpExchange.object();
    ArrayNode statements = body.putArray("statements");
    writes.statements().forEach(statement -> statements.add(statement.toBase64Url()));
    ArrayNode records = body.putArray("records");
    writes.records().forEach(record -> write(record, records.addObject()));
    return body;
  }

  static ObjectNode query(List<ItemQuery> items) {
    ObjectNode body = HttpExchange.object();
    ArrayNode list = body.putArray("items");
    for (ItemQuery item : items) {
      list.addObject()
          .put("item", item.item().toString())
          .put("version", item.version())
          .put("hash", item.hash().toString());
    }
    return body;
  }

  private static void write(Answers.ItemVersion record, ObjectNode node) {
    node.put("item", record.item().toString())
        .put("version", record.version())
        .put("generation", record.generation())
        .put("kind", record.kind())
        .put("record", record.record().toBase64Url());
  }
}

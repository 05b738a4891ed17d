package dev.zamok.client.authority;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one answer strictly: what is missing or of a wrong type fails with {@code
 * TAMPERED}, and names the field alone. Unknown fields are passed over.
 */
final class JsonFields {
  /** No list of an answer is longer. */
  static final int LIST_MAX = 20_000;

  private final JsonNode node;

  JsonFields(JsonNode node) {
    if (!node.isObject()) {
      throw broken("object");
    }
    this.node = node;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  String text(String name) {
    JsonNode field = node.get(name);
    if (field == null || !field.isTextual()) {
      throw broken(name);
    }
    return field.textValue();
  }

  @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  long number(String name) {
    JsonNode field = node.get(name);
    if (field == null || !field.isIntegralNumber() || !field.canConvertToLong()) {
      throw broken(name);
    }
    long value = field.longValue();
    if (value < 0) {
      throw broken(name);
    }
    return value;
  }

  int u31(String name) {
    long value = number(name);
    if (value > Integer.MAX_VALUE) {
      throw broken(name);
    }
    return (int) value;
  }

  boolean flag(String name) {
    JsonNode field = node.get(name);
    if (field == null || !field.isBoolean()) {
      throw broken(name);
    }
    return field.booleanValue();
  }

  boolean flagOr(String name, boolean otherwise) {
    return has(name) ? flag(name) : otherwise;
  }

  Bytes bytes(String name) {
    return parsed(name, Bytes::fromBase64Url);
  }

  @Nullable Bytes bytesOrNull(String name) {
    return has(name) ? bytes(name) : null;
  }

  /** {@code parse} of the text of a field. */
  <T> T parsed(String name, Function<String, T> parse) {
    try {
      return parse.apply(text(name));
    } catch (MalformedException | IllegalArgumentException e) {
      throw broken(name);
    }
  }

  JsonFields object(String name) {
    JsonNode field = node.get(name);
    if (field == null) {
      throw broken(name);
    }
    return new JsonFields(field);
  }

  <T> List<T> objects(String name, Function<JsonFields, T> read) {
    return list(name, item -> read.apply(new JsonFields(item)));
  }

  List<Bytes> blobs(String name) {
    return list(
        name,
        item -> {
          if (!item.isTextual()) {
            throw broken(name);
          }
          try {
            return Bytes.fromBase64Url(item.textValue());
          } catch (IllegalArgumentException e) {
            throw broken(name);
          }
        });
  }

  List<String> texts(String name) {
    return list(
        name,
        item -> {
          if (!item.isTextual()) {
            throw broken(name);
          }
          return item.textValue();
        });
  }

  private <T> List<T> list(String name, Function<JsonNode, T> read) {
    JsonNode field = node.get(name);
    if (field == null || !field.isArray() || field.size() > LIST_MAX) {
      throw broken(name);
    }
    List<T> items = new ArrayList<>(field.size());
    for (JsonNode item : field) {
      items.add(read.apply(item));
    }
    return items;
  }

  private static ClientProblem broken(String name) {
    return ClientProblem.tampered("the server's answer breaks its contract: " + name);
  }
}

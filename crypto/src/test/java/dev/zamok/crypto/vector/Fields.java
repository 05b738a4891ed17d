package dev.zamok.crypto.vector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.crypto.FixedRandom;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;

/** A JSON object of a vector file: bytes are hexadecimal, numbers of 64 bits decimal text. */
final class Fields {
  final ObjectNode node;

  Fields() {
    this(JsonNodeFactory.instance.objectNode());
  }

  Fields(ObjectNode node) {
    this.node = node;
  }

  Fields put(String name, Bytes value) {
    node.put(name, value.toHex());
    return this;
  }

  Fields put(String name, SecretBytes value) {
    return put(name, Bytes.wrap(value.toByteArray()));
  }

  Fields put(String name, Hash value) {
    return put(name, value.bytes());
  }

  Fields put(String name, int value) {
    node.put(name, value);
    return this;
  }

  Fields put(String name, boolean value) {
    node.put(name, value);
    return this;
  }

  Fields put(String name, String value) {
    node.put(name, value);
    return this;
  }

  Fields putU64(String name, long value) {
    node.put(name, Long.toUnsignedString(value));
    return this;
  }

  Fields put(String name, Fields value) {
    node.set(name, value.node);
    return this;
  }

  Fields put(String name, List<Fields> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(value -> array.add(value.node));
    return this;
  }

  Fields putHex(String name, List<Bytes> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(value -> array.add(value.toHex()));
    return this;
  }

  /** A copy with the fields of {@code more} added or replaced. */
  Fields with(Fields more) {
    ObjectNode copy = node.deepCopy();
    copy.setAll(more.node);
    return new Fields(copy);
  }

  boolean has(String name) {
    return node.has(name);
  }

  Bytes bytes(String name) {
    return Bytes.fromHex(text(name));
  }

  SecretBytes secret(String name) {
    return SecretBytes.copyOf(bytes(name));
  }

  Hash hash(String name) {
    return new Hash(bytes(name));
  }

  RoomId room(String name) {
    return RoomId.of(bytes(name));
  }

  FixedRandom random() {
    return new FixedRandom(bytes("random"));
  }

  String text(String name) {
    return required(name).textValue();
  }

  int number(String name) {
    return required(name).intValue();
  }

  boolean flag(String name) {
    return required(name).booleanValue();
  }

  long u64(String name) {
    return Long.parseUnsignedLong(text(name));
  }

  Fields object(String name) {
    return new Fields((ObjectNode) required(name));
  }

  List<Fields> objects(String name) {
    List<Fields> all = new ArrayList<>();
    required(name).forEach(entry -> all.add(new Fields((ObjectNode) entry)));
    return all;
  }

  List<Bytes> hexes(String name) {
    List<Bytes> all = new ArrayList<>();
    required(name).forEach(entry -> all.add(Bytes.fromHex(entry.textValue())));
    return all;
  }

  private JsonNode required(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new AssertionError("vector without " + name);
    }
    return value;
  }
}

package dev.zamok.hub.service;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;

/**
 * The fields of a JSON body, read strictly: what is missing, of another type or not asked for fails
 * with {@link MalformedException} (H-072).
 */
final class Fields {
  private final JsonObject object;
  private final Set<String> left;

  private Fields(JsonObject object) {
    this.object = object;
    this.left = new HashSet<>(object.fieldNames());
  }

  static Fields of(RoutingContext context) {
    try {
      JsonObject object = context.body().asJsonObject();
      if (object == null) {
        throw new MalformedException("a JSON object is wanted as the body");
      }
      return new Fields(object);
    } catch (DecodeException | ClassCastException e) {
      throw new MalformedException("the body is not a JSON object");
    }
  }

  boolean has(String name) {
    return left.contains(name);
  }

  String text(String name) {
    if (left.remove(name) && object.getValue(name) instanceof String text) {
      return text;
    }
    throw new MalformedException("\"" + name + "\" must be a string");
  }

  int number(String name) {
    if (left.remove(name) && object.getValue(name) instanceof Integer number && number >= 0) {
      return number;
    }
    throw new MalformedException("\"" + name + "\" must be a number from 0 to 2147483647");
  }

  Bytes bytes(String name) {
    try {
      return Bytes.fromBase64Url(text(name));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("\"" + name + "\" must be unpadded base64url");
    }
  }

  MessageId id(String name) {
    MessageId id = MessageId.parse(text(name));
    if (id.equals(MessageId.NONE)) {
      throw new MalformedException("\"" + name + "\" must not be zero");
    }
    return id;
  }

  MemberTag tag(String name) {
    return MemberTag.parse(text(name));
  }

  /** To be called when all were read. */
  void end() {
    if (!left.isEmpty()) {
      throw new MalformedException("the body has fields that are not known");
    }
  }
}

package dev.zamok.client.secret;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.content.Extra;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of an object of a secret, taken one by one; what is left is {@link Extra}. */
final class SecretMembers {
  /** Those of a secret itself, in their order. */
  static final List<String> KNOWN =
      List.of(
          "type",
          "name",
          "tags",
          "login",
          "password",
          "passwordTime",
          "totp",
          "urls",
          "notes",
          "fields",
          "attachments");

  private final Map<String, Object> left;

  SecretMembers(Map<?, ?> all) {
    left = new LinkedHashMap<>();
    all.forEach((name, value) -> left.put((String) name, value));
  }

  String needed(String name) {
    return as(name, String.class);
  }

  boolean flag(String name) {
    return as(name, Boolean.class);
  }

  /** Absent when empty. */
  String text(String name) {
    if (!left.containsKey(name)) {
      return "";
    }
    String text = as(name, String.class);
    if (text.isEmpty()) {
      throw new MalformedException("S-006 \"" + name + "\" is there and empty");
    }
    return text;
  }

  Optional<Instant> time(String name) {
    if (!left.containsKey(name)) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochMilli(as(name, Long.class)));
  }

  List<String> lines(String name) {
    return list(name, String.class);
  }

  List<SecretMembers> objects(String name) {
    return list(name, Map.class).stream().map(SecretMembers::new).toList();
  }

  Extra extra() {
    try {
      return left.isEmpty() ? Extra.NONE : new Extra(left);
    } catch (MalformedException e) {
      throw new MalformedException("S-004 name of a member that is not plain");
    }
  }

  /** Absent when empty. */
  private <T> List<T> list(String name, Class<T> type) {
    if (!left.containsKey(name)) {
      return List.of();
    }
    List<?> list = as(name, List.class);
    if (list.isEmpty() || !list.stream().allMatch(type::isInstance)) {
      throw new MalformedException("S-006 \"" + name + "\" is empty or of another type");
    }
    return list.stream().map(type::cast).toList();
  }

  private <T> T as(String name, Class<T> type) {
    Object value = left.remove(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new MalformedException("S-006 \"" + name + "\" is missing or of another type");
  }
}

package dev.zamok.protocol.content;

import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The members of a content, taken one by one; what is left is {@link Extra}. */
final class Members {
  private final Map<String, Object> left;

  Members(Map<String, Object> all) {
    left = new LinkedHashMap<>(all);
  }

  String text(String name) {
    return take(name, String.class);
  }

  boolean flag(String name) {
    return take(name, Boolean.class);
  }

  Words words() {
    return new Words(text("text"));
  }

  Optional<Words> wordsIfAny() {
    return left.containsKey("text") ? Optional.of(words()) : Optional.empty();
  }

  MessageId message(String name) {
    return parsed("C-010", MessageId::parse, text(name));
  }

  ItemId item(String name) {
    return parsed("C-013", ItemId::parse, text(name));
  }

  Position position(String name) {
    return parsed("C-012", Position::parse, text(name));
  }

  int version() {
    long version = take("version", Long.class);
    if (version < 1 || version > Integer.MAX_VALUE) {
      throw new MalformedException("C-013 no such version of an item");
    }
    return (int) version;
  }

  Reference reference(String name) {
    List<?> pair = take(name, List.class);
    if (pair.size() == 2 && pair.get(0) instanceof String tag && pair.get(1) instanceof String id) {
      return new Reference(
          parsed("C-010", MemberTag::parse, tag), parsed("C-010", MessageId::parse, id));
    }
    throw new MalformedException("C-010 reference of another shape");
  }

  /** Absent when there are none: a list, if there, is not empty. */
  List<MemberTag> mentions() {
    if (!left.containsKey("mentions")) {
      return List.of();
    }
    List<MemberTag> tags = new ArrayList<>();
    for (Object tag : take("mentions", List.class)) {
      tags.add(parsed("C-009", MemberTag::parse, String.valueOf(tag)));
    }
    if (tags.isEmpty()) {
      throw new MalformedException("C-009 mentions of nobody");
    }
    return tags;
  }

  Extra extra() {
    return left.isEmpty() ? Extra.NONE : new Extra(left);
  }

  private <T> T take(String name, Class<T> type) {
    Object value = left.remove(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new MalformedException("C-006 \"" + name + "\" is missing or of another type");
  }

  private static <T> T parsed(String check, Function<String, T> parse, String text) {
    try {
      return parse.apply(text);
    } catch (MalformedException e) {
      throw new MalformedException(check + " " + e.getMessage());
    }
  }
}

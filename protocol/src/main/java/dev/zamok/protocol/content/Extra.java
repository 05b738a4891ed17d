package dev.zamok.protocol.content;

import dev.zamok.protocol.MalformedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Members of a content that this version does not know, in their order: kept, and shown as such.
 * Values are those of {@link dev.zamok.protocol.json.Json}.
 */
public record Extra(Map<String, Object> members) {
  public static final Extra NONE = new Extra(Map.of());

  /** Names that start with a digit change places in JavaScript; {@code __proto__} does worse. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  public Extra {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    checkNames(members);
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  private static void checkNames(Object value) {
    if (value instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> member : object.entrySet()) {
        if (!(member.getKey() instanceof String name) || !NAME.matcher(name).matches()) {
          throw new MalformedException("C-004 name of a member that is not plain");
        }
        checkNames(member.getValue());
      }
    } else if (value instanceof List<?> list) {
      list.forEach(Extra::checkNames);
    }
  }

  /** Tells how many alone, so that no content reaches a log by accident. */
  @Override
  public String toString() {
    return "Extra[" + members.size() + "]";
  }
}

package dev.zamok.protocol.ticket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.zamok.protocol.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict JSON reader: no duplicate names, no nesting beyond 8, no floating point, true, false or
 * null, nothing after the value.
 */
final class Json {
  private static final int DEPTH_MAX = 8;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private Json() {}

  static Map<String, Object> object(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() == null && value instanceof Map<?, ?>) {
        @SuppressWarnings("unchecked") // value() makes no other maps
        Map<String, Object> object = (Map<String, Object>) value;
        return object;
      }
    } catch (IOException e) {
      throw new MalformedException("not strict JSON");
    }
    throw new MalformedException("not a JSON object");
  }

  static String text(Map<String, Object> object, String name) {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw new MalformedException("no text \"" + name + "\"");
  }

  static long number(Map<String, Object> object, String name) {
    return number(object.get(name), name);
  }

  static long number(@Nullable Object value, String name) {
    if (value instanceof Long number) {
      return number;
    }
    throw new MalformedException("no whole number \"" + name + "\"");
  }

  static List<?> list(@Nullable Object value, String name) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new MalformedException("no list \"" + name + "\"");
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new MalformedException("JSON that ends early");
    }
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default -> throw new MalformedException("JSON value of a kind that is not used here");
    };
  }

  private static Map<String, Object> members(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static List<Object> elements(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }
}

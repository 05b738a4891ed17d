package dev.zamok.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.zamok.protocol.MalformedException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON (RFC 8259): UTF-8 without a byte order mark; no name twice in an object; values nest
 * at most {@value #DEPTH_MAX} deep; numbers are whole and of at most 2^53 - 1, which every language
 * holds exactly; no null; strings are Unicode without lone surrogates.
 *
 * <p>A value is a {@code Map<String, Object>} in the order of the text, a {@code List<Object>}, a
 * {@code String}, a {@code Long} or a {@code Boolean}; maps and lists cannot be changed. Every
 * failure to read is a {@link MalformedException}.
 */
public final class Json {
  public static final int DEPTH_MAX = 8;
  public static final long NUMBER_MAX = (1L << 53) - 1;

  /** Names come from strangers: no table of them is kept. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private Json() {}

  /** Reads one object and nothing beside it but white space. */
  public static Map<String, Object> object(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(decode(utf8))) {
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

  /**
   * The shortest text of a value, as ECMAScript's {@code JSON.stringify} writes it: no white space,
   * only necessary escapes. Fails with {@link MalformedException} for a lone surrogate.
   */
  public static byte[] write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      ByteBuffer utf8 =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text.getBuffer()));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new MalformedException("text with half a character");
    }
  }

  public static String text(Map<String, Object> object, String name) {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw new MalformedException("no text \"" + name + "\"");
  }

  public static long number(Map<String, Object> object, String name) {
    if (object.get(name) instanceof Long number) {
      return number;
    }
    throw new MalformedException("no whole number \"" + name + "\"");
  }

  public static List<?> list(Map<String, Object> object, String name) {
    if (object.get(name) instanceof List<?> list) {
      return list;
    }
    throw new MalformedException("no list \"" + name + "\"");
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("not UTF-8");
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    @Nullable JsonToken token = parser.currentToken();
    if (token == null) {
      throw new MalformedException("JSON that ends early");
    }
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> whole(parser.getText());
      case VALUE_NUMBER_INT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new MalformedException("JSON value of a kind that is not used here");
    };
  }

  private static Map<String, Object> members(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = whole(parser.currentName());
      parser.nextToken();
      object.put(name, value(parser));
    }
    return Collections.unmodifiableMap(object);
  }

  private static List<Object> elements(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return List.copyOf(list);
  }

  private static Long number(JsonParser parser) throws IOException {
    long number = parser.getLongValue();
    if (Math.abs(number) > NUMBER_MAX || number == Long.MIN_VALUE) {
      throw new MalformedException("number that not every language holds");
    }
    return number;
  }

  /** Escapes such as {@code \ud800} can smuggle half a character past the decoder of UTF-8. */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
          throw new MalformedException("text with half a character");
        }
      }
    }
    return text;
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        json.writeFieldName((String) member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      throw new IllegalArgumentException("no JSON: " + value.getClass());
    }
  }
}

package dev.zamok.secrets.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** JSON of other programs: bounded, no name twice, and no parser's words about it. */
public final class ForeignJson {
  private static final int STRING_CHARACTERS_MAX = 100 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(ImportLimits.DEPTH_MAX)
                      .maxStringLength(STRING_CHARACTERS_MAX)
                      .maxNameLength(1_000)
                      .maxNumberLength(100)
                      .build())
              .build());

  private ForeignJson() {}

  /** Fails with {@link ImportFailure} unless there is one object and nothing behind it. */
  public static JsonNode object(byte[] utf8) {
    try (var parser = MAPPER.getFactory().createParser(utf8)) {
      JsonNode node = MAPPER.readTree(parser);
      if (node != null && node.isObject() && parser.nextToken() == null) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // Its words quote the file; where it stopped does not.
      String at = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new ImportFailure("the file is not well-formed JSON" + at);
    } catch (IOException e) {
      throw new ImportFailure("the file is not well-formed JSON");
    }
    throw new ImportFailure("the file is not one JSON object");
  }

  /** The text of a member, or of a number or flag as text; empty when there is none. */
  public static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /** The elements of a list; none when it is absent or null. */
  public static List<JsonNode> list(JsonNode object, String name) {
    JsonNode list = object.path(name);
    if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
      throw new ImportFailure("\"" + name + "\" is not a list");
    }
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  /** ISO 8601; empty when absent or of another shape. */
  public static Optional<Instant> time(JsonNode object, String name) {
    try {
      String text = text(object, name);
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

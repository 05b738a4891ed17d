package dev.zamok.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.zamok.app.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a YAML file into a configuration record. */
public final class ConfigFile {
  private static final long BYTES_MAX = 1 << 20;

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ConfigFile() {}

  /**
   * Reads {@code file}; without one, everything is default. Fails with {@link UserError} that names
   * every problem by its key path.
   */
  static <T> T read(@Nullable Path file, Function<Section, T> reader) {
    List<String> problems = new ArrayList<>();
    Section root = Section.root(file == null ? MissingNode.getInstance() : tree(file), problems);
    T config = reader.apply(root);
    root.end();
    if (!problems.isEmpty()) {
      throw new UserError(
          "the configuration " + file + " has problems:\n  " + String.join("\n  ", problems));
    }
    return config;
  }

  private static JsonNode tree(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new UserError(file + " is too large for a configuration file");
      }
      return YAML.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw new UserError(file + " is not valid YAML" + where + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UserError("cannot read the configuration file " + file);
    }
  }
}

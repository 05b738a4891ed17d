package dev.zamok.roomlog.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The library of functions on the server: one file each, beside this class.
 *
 * <p>Library and functions carry the version in their names, so that nodes of two versions run side
 * by side. Whatever changes what a function takes, answers or does needs a new version.
 */
final class Functions {
  static final String LIBRARY = "zamok_3";

  private static final List<String> FILES =
      List.of(
          "common",
          "append",
          "commit",
          "open",
          "confirm",
          "barrier",
          "claim",
          "openroom",
          "restore",
          "restored",
          "restoring",
          "stored",
          "uncommitted",
          "archived",
          "trim",
          "state",
          "read",
          "rekeys",
          "moved",
          "heads",
          "tell");

  private Functions() {}

  /** The name on the server of the function in the file {@code name}. */
  static String named(String name) {
    return LIBRARY + "_" + name;
  }

  /** What {@code FUNCTION LOAD} takes. */
  static String library() {
    StringBuilder code = new StringBuilder("#!lua name=" + LIBRARY + "\n");
    for (String file : FILES) {
      code.append(read(file + ".lua"));
    }
    return code.toString();
  }

  private static String read(String file) {
    try (InputStream in = Functions.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.zamok.app.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A directory with an xclip that keeps the clipboard in a file and writes down its arguments. */
public final class FakeDesktop {
  private final Path directory;

  public FakeDesktop(Path directory) {
    this.directory = directory;
    program(
        "xclip",
        """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$@" >> "$here/arguments"
        case "$*" in
          *-out*) test -s "$here/clipboard" && cat "$here/clipboard" ;;
          *) cat > "$here/clipboard" ;;
        esac
        """);
  }

  public Map<String, String> environment() {
    return Map.of("PATH", directory + ":/usr/bin:/bin", "DISPLAY", ":0");
  }

  Clipboard clipboard() {
    return Clipboard.find(environment()).orElseThrow();
  }

  String holds() {
    return read("clipboard");
  }

  String arguments() {
    return read("arguments");
  }

  void copiedByTheUser(String text) {
    try {
      Files.writeString(directory.resolve("clipboard"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path program(String name, String script) {
    try {
      Path file = Files.writeString(directory.resolve(name), script);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

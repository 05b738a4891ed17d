package dev.zamok.app.secret;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clipboard of the desktop, through the program that is there: wl-copy and wl-paste under
 * Wayland, xclip under X, pbcopy and pbpaste on macOS. The secret goes through its standard input,
 * never its arguments. Clipboard managers may keep what they saw.
 */
public final class Clipboard {
  private static final int SECONDS_MAX = 10;
  private static final int READ_BYTES_MAX = 1 << 20;

  private final List<String> copy;
  private final List<String> paste;

  private Clipboard(List<String> copy, List<String> paste) {
    this.copy = copy;
    this.paste = paste;
  }

  /** Empty when no such program is on the path, or there is no desktop. */
  public static Optional<Clipboard> find(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "");
    if (environment.containsKey("WAYLAND_DISPLAY")) {
      Optional<Clipboard> found = of(path, List.of("wl-copy"), List.of("wl-paste", "--no-newline"));
      if (found.isPresent()) {
        return found;
      }
    }
    if (environment.containsKey("DISPLAY")) {
      List<String> xclip = List.of("xclip", "-selection", "clipboard");
      Optional<Clipboard> found = of(path, with(xclip, "-in"), with(xclip, "-out"));
      if (found.isPresent()) {
        return found;
      }
    }
    return of(path, List.of("pbcopy"), List.of("pbpaste"));
  }

  /** Fails with {@link UserError} when the program does. */
  public void copy(SecretText secret) {
    byte[] utf8 = secret.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      // xclip stays behind to serve the clipboard: it must not hold our output.
      Process process =
          new ProcessBuilder(copy)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(utf8);
      }
      end(process);
    } catch (IOException e) {
      throw new UserError("the clipboard cannot be written: " + copy.get(0) + " failed");
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  /** Empties the clipboard if it still holds the secret; tells whether it did. */
  public boolean clearIfStill(SecretText secret) {
    String now = read();
    // Some programs add a line feed when they paste.
    if (now == null || !(isSame(now, secret) || isSame(now.stripTrailing(), secret))) {
      return false;
    }
    copy(SecretText.EMPTY);
    return true;
  }

  private static boolean isSame(String text, SecretText secret) {
    return SecretText.of(text).equals(secret);
  }

  private @Nullable String read() {
    try {
      Process process =
          new ProcessBuilder(paste).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      try (InputStream out = process.getInputStream()) {
        byte[] bytes = out.readNBytes(READ_BYTES_MAX);
        end(process);
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException | UserError e) {
      // An empty clipboard is a failure to some of them.
      return null;
    }
  }

  private void end(Process process) {
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new UserError("the clipboard does not answer");
      }
      if (process.exitValue() != 0) {
        throw new UserError("the clipboard cannot be used: " + copy.get(0) + " failed");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UserError("interrupted");
    }
  }

  private static Optional<Clipboard> of(String path, List<String> copy, List<String> paste) {
    Optional<String> copier = onPath(path, copy.get(0));
    Optional<String> paster = onPath(path, paste.get(0));
    if (copier.isEmpty() || paster.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Clipboard(replaced(copy, copier.get()), replaced(paste, paster.get())));
  }

  /** In absolute directories alone: a program that lies where we happen to be gets no secret. */
  private static Optional<String> onPath(String path, String program) {
    for (String directory : path.split(java.io.File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, program);
      if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
        return Optional.of(candidate.toString());
      }
    }
    return Optional.empty();
  }

  private static List<String> with(List<String> command, String last) {
    return java.util.stream.Stream.concat(command.stream(), java.util.stream.Stream.of(last))
        .toList();
  }

  private static List<String> replaced(List<String> command, String program) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(program), command.stream().skip(1))
        .toList();
  }
}

package dev.zamok.load.faults.tap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One value of the Redis protocol (RESP2 or RESP3), with all that is inside it.
 *
 * @param raw as it came, one char a byte
 * @param words every text and number in it, in order, one char a byte
 */
public record Frame(String raw, List<String> words) {
  static final Frame NONE = new Frame("", List.of());

  private static final int BYTES_MAX = 64 << 20;
  private static final int DEPTH_MAX = 16;

  public Frame {
    words = List.copyOf(words);
  }

  /** An array of texts, as a request is. */
  public static Frame of(List<String> words) {
    StringBuilder raw = new StringBuilder("*" + words.size() + "\r\n");
    words.forEach(word -> raw.append("$%d\r\n%s\r\n".formatted(word.length(), word)));
    return new Frame(raw.toString(), words);
  }

  /** Null at the end of the stream. Fails with {@link IOException} for what is not RESP. */
  static @Nullable Frame read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    Reading reading = new Reading(in);
    reading.value(first, 0);
    return new Frame(reading.raw.toString(ISO_8859_1), reading.words);
  }

  byte[] bytes() {
    return raw.getBytes(ISO_8859_1);
  }

  /** The word there, empty when there are not so many. */
  public String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }

  /** The name of a request, in capitals. */
  public String command() {
    return word(0).toUpperCase(Locale.ROOT);
  }

  /** Whether this request calls the room log's function {@code name}, of whatever version. */
  public boolean calls(String name) {
    return command().equals("FCALL") && word(1).matches("zamok_\\d+_" + name);
  }

  /** Its first words: the rest may be long. */
  @Override
  public String toString() {
    return "Frame" + words.subList(0, Math.min(2, words.size()));
  }

  /** A value that is being read. */
  private static final class Reading {
    private final InputStream in;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private final List<String> words = new ArrayList<>();

    Reading(InputStream in) {
      this.in = in;
    }

    void value(int type, int depth) throws IOException {
      raw.write(type);
      String line = line();
      switch (type) {
        case '+', '-', ':', ',', '#', '(' -> words.add(line);
        case '_' -> words.add("");
        case '$', '=', '!' -> text(number(line));
        case '*', '~', '>' -> values(number(line), depth);
        case '%' -> values(2 * number(line), depth);
        default -> throw new IOException("not RESP: " + type);
      }
    }

    private void values(int count, int depth) throws IOException {
      if (depth == DEPTH_MAX) {
        throw new IOException("too deep");
      }
      for (int i = 0; i < count; i++) {
        value(some(), depth + 1);
      }
    }

    private void text(int size) throws IOException {
      if (size < 0) {
        words.add("");
        return;
      }
      byte[] bytes = in.readNBytes(size + 2);
      if (bytes.length < size + 2) {
        throw new EOFException();
      }
      raw.writeBytes(bytes);
      words.add(new String(bytes, 0, size, ISO_8859_1));
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      int c;
      while ((c = some()) != '\r') {
        line.append((char) c);
      }
      if (some() != '\n') {
        throw new IOException("not RESP");
      }
      raw.writeBytes((line + "\r\n").getBytes(ISO_8859_1));
      return line.toString();
    }

    private int some() throws IOException {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      return c;
    }

    private static int number(String line) throws IOException {
      int value;
      try {
        value = Integer.parseInt(line);
      } catch (NumberFormatException e) {
        throw new IOException("not RESP", e);
      }
      if (value > BYTES_MAX) {
        throw new IOException("a value of " + value + " is too large");
      }
      return value;
    }
  }
}

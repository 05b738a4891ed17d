package dev.zamok.load.socket;

import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Words, and zeros up to the size that is wanted. */
public final class Envelope {
  private Envelope() {}

  static Bytes of(String words, int bytes) {
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(Arrays.copyOf(text, Math.max(text.length, bytes)));
  }

  public static String words(Bytes envelope) {
    String all = new String(envelope.toByteArray(), StandardCharsets.UTF_8);
    int end = all.indexOf('\0');
    return end < 0 ? all : all.substring(0, end);
  }
}

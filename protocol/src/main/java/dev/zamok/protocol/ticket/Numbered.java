package dev.zamok.protocol.ticket;

import dev.zamok.protocol.MalformedException;
import java.util.function.Supplier;

/** Puts the number of a check in {@code PROTOCOL.md} before a failure that has none yet. */
final class Numbered {
  private Numbered() {}

  static <T> T under(String check, Supplier<T> read) {
    try {
      return read.get();
    } catch (MalformedException e) {
      String why = String.valueOf(e.getMessage());
      throw why.startsWith("P-") ? e : new MalformedException(check + " " + why);
    }
  }
}

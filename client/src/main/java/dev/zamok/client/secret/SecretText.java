package dev.zamok.client.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Text that must not be seen: hidden from {@link #toString}, compared in constant time. It is a
 * string inside, as every parser makes one, so it cannot be zeroed: the garbage collector decides
 * when it goes.
 */
public final class SecretText {
  public static final SecretText EMPTY = new SecretText("");

  private final String text;

  private SecretText(String text) {
    this.text = text;
  }

  public static SecretText of(String text) {
    return text.isEmpty() ? EMPTY : new SecretText(text);
  }

  /** The text itself: for sealing it, or for handing it to the user who asked for it. */
  public String reveal() {
    return text;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** In UTF-16 units. */
  public int length() {
    return text.length();
  }

  /** In constant time for texts of one size. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretText that
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tells the length alone: a hash of the contents would leak them. */
  @Override
  public int hashCode() {
    return text.length();
  }

  /** Not even the length: a password of four characters is half guessed. */
  @Override
  public String toString() {
    return "SecretText[]";
  }
}

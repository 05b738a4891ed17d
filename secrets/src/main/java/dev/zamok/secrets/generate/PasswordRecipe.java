package dev.zamok.secrets.generate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which passwords may come out: each of them has every class, and each is as likely as any other.
 *
 * @param lookAlikes whether characters are used that people confuse
 */
public record PasswordRecipe(int length, Set<Characters> classes, boolean lookAlikes) {
  public static final int LENGTH_MIN = 8;
  public static final int LENGTH_MAX = 256;

  /** About 128 bits. */
  public static final PasswordRecipe DEFAULT =
      new PasswordRecipe(21, EnumSet.allOf(Characters.class), false);

  /** Fails with {@link IllegalArgumentException}. */
  public PasswordRecipe {
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a password has " + LENGTH_MIN + " to " + LENGTH_MAX + " characters");
    }
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("a password needs characters of some class");
    }
    classes = Collections.unmodifiableSet(EnumSet.copyOf(classes));
  }

  String alphabet() {
    StringBuilder all = new StringBuilder();
    classes.forEach(one -> all.append(one.of(lookAlikes)));
    return all.toString();
  }

  boolean fits(String password) {
    return classes.stream()
        .allMatch(one -> password.chars().anyMatch(c -> one.of(lookAlikes).indexOf(c) >= 0));
  }

  /** The logarithm to base 2 of the number of passwords there are, rounded down. */
  public int bits() {
    // Inclusion and exclusion over the classes that are missing.
    List<Integer> sizes = new ArrayList<>();
    classes.forEach(one -> sizes.add(one.of(lookAlikes).length()));
    int all = sizes.stream().mapToInt(Integer::intValue).sum();
    BigInteger count = BigInteger.ZERO;
    for (int missing = 0; missing < 1 << sizes.size(); missing++) {
      int left = all;
      for (int i = 0; i < sizes.size(); i++) {
        left -= (missing >> i & 1) * sizes.get(i);
      }
      BigInteger these = BigInteger.valueOf(left).pow(length);
      count = Integer.bitCount(missing) % 2 == 0 ? count.add(these) : count.subtract(these);
    }
    return count.bitLength() - 1;
  }
}

package dev.zamok.secrets;

import java.security.SecureRandom;
import java.util.Random;

/** The same numbers in every run. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random numbers;

  public SeededRandom(long seed) {
    numbers = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    numbers.nextBytes(bytes);
  }
}

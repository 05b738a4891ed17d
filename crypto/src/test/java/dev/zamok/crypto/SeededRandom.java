package dev.zamok.crypto;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The same bytes in every run: SHA-256 of seed and counter. For tests alone. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final String seed;
  private long counter;

  public SeededRandom(String seed) {
    this.seed = seed;
  }

  @Override
  public void nextBytes(byte[] target) {
    for (int at = 0; at < target.length; at += Hash.SIZE) {
      byte[] name = seed.getBytes(StandardCharsets.UTF_8);
      Bytes input = new ByteWriter().bytes(name).u64(counter++).toBytes();
      byte[] block = Hash.of(input).bytes().toByteArray();
      System.arraycopy(block, 0, target, at, Math.min(block.length, target.length - at));
    }
  }
}

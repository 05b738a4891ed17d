package dev.zamok.crypto;

import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;

/** Hands out given bytes in order, and fails when it is asked for more. For vectors. */
public final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient ByteReader reader;

  public FixedRandom(Bytes bytes) {
    reader = bytes.reader();
  }

  @Override
  public void nextBytes(byte[] target) {
    reader.bytes(target.length).copyTo(target, 0);
  }

  /** Fails unless everything was handed out. */
  public void end() {
    reader.end();
  }
}

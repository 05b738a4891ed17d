package dev.zamok.crypto.epoch;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;

/**
 * {@code H_n}: 32 random bytes that travel in log entries only, beside the ciphertext. Whoever has
 * it alone has nothing; it makes all members switch keys at one position without a request.
 */
public record HubShare(Bytes bytes) {
  public static final int SIZE = Hash.SIZE;

  public HubShare {
    if (bytes.size() != SIZE) {
      throw new MalformedException("hub share of " + bytes.size() + " bytes");
    }
  }

  public static HubShare random(SecureRandom random) {
    byte[] share = new byte[SIZE];
    random.nextBytes(share);
    return new HubShare(Bytes.wrap(share));
  }

  public static HubShare read(ByteReader reader) {
    return new HubShare(reader.bytes(SIZE));
  }

  @Override
  public String toString() {
    return "HubShare[]";
  }
}

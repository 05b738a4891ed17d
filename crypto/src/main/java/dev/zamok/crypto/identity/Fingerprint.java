package dev.zamok.crypto.identity;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.StringJoiner;

/** {@code F = h(Card)} without its signatures: who a member is. 32 bytes. */
public record Fingerprint(Bytes bytes) {
  public static final int SIZE = Hash.SIZE;

  private static final int GROUP_DIGITS = 4;

  public Fingerprint {
    if (bytes.size() != SIZE) {
      throw new MalformedException("fingerprint of " + bytes.size() + " bytes");
    }
  }

  public static Fingerprint read(ByteReader reader) {
    return new Fingerprint(reader.bytes(SIZE));
  }

  /** Unpadded base64url. Fails with {@link MalformedException}. */
  public static Fingerprint parse(String text) {
    try {
      return new Fingerprint(Bytes.fromBase64Url(text));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not a fingerprint");
    }
  }

  /** For people who compare: 16 groups of 4 hexadecimal digits. */
  public String display() {
    String hex = bytes.toHex();
    StringJoiner groups = new StringJoiner(" ");
    for (int i = 0; i < hex.length(); i += GROUP_DIGITS) {
      groups.add(hex.substring(i, i + GROUP_DIGITS));
    }
    return groups.toString();
  }

  /** Unpadded base64url. */
  @Override
  public String toString() {
    return bytes.toBase64Url();
  }
}

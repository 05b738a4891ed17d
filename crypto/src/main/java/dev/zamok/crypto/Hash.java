package dev.zamok.crypto;

import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 hash (FIPS 180-4), or another public value of 32 bytes such as a commitment. */
public record Hash(Bytes bytes) {
  public static final int SIZE = 32;

  /** Stands where there is nothing to hash, such as before the first statement. */
  public static final Hash ZERO = new Hash(Bytes.wrap(new byte[SIZE]));

  public Hash {
    if (bytes.size() != SIZE) {
      throw new MalformedException("hash of " + bytes.size() + " bytes");
    }
  }

  public static Hash of(Bytes data) {
    MessageDigest digest = sha256();
    digest.update(data.asByteBuffer());
    return new Hash(Bytes.wrap(digest.digest()));
  }

  public static Hash read(ByteReader reader) {
    return new Hash(reader.bytes(SIZE));
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Unpadded base64url. */
  @Override
  public String toString() {
    return bytes.toBase64Url();
  }
}

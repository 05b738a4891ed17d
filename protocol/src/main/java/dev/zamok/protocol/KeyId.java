package dev.zamok.protocol;

/**
 * The first 8 bytes of the SHA-256 of a public key. 8 bytes; in text, 11 characters of base64url.
 */
public record KeyId(long value) {
  public static final int SIZE = 8;

  public static KeyId read(ByteReader reader) {
    return new KeyId(reader.u64());
  }

  public static KeyId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, KeyId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static KeyId parse(String text) {
    return of(Ids.parse(text, SIZE));
  }

  public void write(ByteWriter writer) {
    writer.u64(value);
  }

  public Bytes toBytes() {
    return new ByteWriter(SIZE).u64(value).toBytes();
  }

  @Override
  public String toString() {
    return toBytes().toBase64Url();
  }
}

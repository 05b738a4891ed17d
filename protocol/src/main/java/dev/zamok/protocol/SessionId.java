package dev.zamok.protocol;

/**
 * The public handle of a login on one device, by which its connections are revoked; not a
 * credential. 16 bytes; in text, 22 characters of base64url.
 */
public record SessionId(long high, long low) {
  public static final int SIZE = 16;

  public static SessionId read(ByteReader reader) {
    return new SessionId(reader.u64(), reader.u64());
  }

  public static SessionId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, SessionId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static SessionId parse(String text) {
    return of(Ids.parse(text, SIZE));
  }

  public void write(ByteWriter writer) {
    writer.u64(high).u64(low);
  }

  public Bytes toBytes() {
    return new ByteWriter(SIZE).u64(high).u64(low).toBytes();
  }

  @Override
  public String toString() {
    return toBytes().toBase64Url();
  }
}

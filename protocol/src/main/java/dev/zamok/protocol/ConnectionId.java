package dev.zamok.protocol;

/**
 * A connection, chosen at random by whoever signs its ticket. 16 bytes; in text, 22 characters of
 * base64url.
 */
public record ConnectionId(long high, long low) {
  public static final int SIZE = 16;

  public static ConnectionId read(ByteReader reader) {
    return new ConnectionId(reader.u64(), reader.u64());
  }

  public static ConnectionId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, ConnectionId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static ConnectionId parse(String text) {
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

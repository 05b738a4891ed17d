package dev.zamok.protocol;

/**
 * A room. Its first byte says who made its secret, so that no server can turn one into the other.
 * 16 bytes; in text, 22 characters of base64url.
 */
public record RoomId(long high, long low) {
  public static final int SIZE = 16;

  /** Where a format demands a room and none is meant. Of no kind: {@link #trust} fails. */
  public static final RoomId NONE = new RoomId(0, 0);

  public static RoomId read(ByteReader reader) {
    return new RoomId(reader.u64(), reader.u64());
  }

  public static RoomId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, RoomId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static RoomId parse(String text) {
    return of(Ids.parse(text, SIZE));
  }

  public void write(ByteWriter writer) {
    writer.u64(high).u64(low);
  }

  public Bytes toBytes() {
    return new ByteWriter(SIZE).u64(high).u64(low).toBytes();
  }

  /**
   * Who can read the room; fails with {@link MalformedException} for a first byte that is not
   * assigned.
   */
  public Trust trust() {
    return Trust.of((int) (high >>> 56));
  }

  @Override
  public String toString() {
    return toBytes().toBase64Url();
  }
}

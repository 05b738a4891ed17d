package dev.zamok.protocol;

/**
 * A publication, chosen by its sender: publishing again under the same id changes nothing. 16
 * bytes; in text, 22 characters of base64url.
 */
public record MessageId(long high, long low) {
  public static final int SIZE = 16;

  /** Where a format demands an id and there is none, as in signals. */
  public static final MessageId NONE = new MessageId(0, 0);

  public static MessageId read(ByteReader reader) {
    return new MessageId(reader.u64(), reader.u64());
  }

  public static MessageId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, MessageId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static MessageId parse(String text) {
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

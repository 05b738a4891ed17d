package dev.zamok.protocol;

/** An account. The hub never sees one. 16 bytes; in text, 22 characters of base64url. */
public record AccountId(long high, long low) {
  public static final int SIZE = 16;

  public static AccountId read(ByteReader reader) {
    return new AccountId(reader.u64(), reader.u64());
  }

  public static AccountId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, AccountId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static AccountId parse(String text) {
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

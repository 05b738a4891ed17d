package dev.zamok.protocol;

/** The pseudonym of a member in one room. 8 bytes; in text, 11 characters of base64url. */
public record MemberTag(long value) {
  public static final int SIZE = 8;

  /** The author of entries that no member wrote. */
  public static final MemberTag NONE = new MemberTag(0);

  public static MemberTag read(ByteReader reader) {
    return new MemberTag(reader.u64());
  }

  public static MemberTag of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, MemberTag::read);
  }

  /** Fails with {@link MalformedException}. */
  public static MemberTag parse(String text) {
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

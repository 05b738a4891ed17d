package dev.zamok.protocol;

import java.util.random.RandomGenerator;

/** An encrypted, versioned document in a room. 16 bytes; in text, 22 characters of base64url. */
public record ItemId(long high, long low) {
  public static final int SIZE = 16;

  /** Of 127 random bits; its text starts with a letter. */
  public static ItemId random(RandomGenerator random) {
    return new ItemId(Ids.startingWithALetter(random), random.nextLong());
  }

  public static ItemId read(ByteReader reader) {
    return new ItemId(reader.u64(), reader.u64());
  }

  public static ItemId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, ItemId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static ItemId parse(String text) {
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

package dev.zamok.protocol;

import java.util.random.RandomGenerator;

/** One device of an account. 8 bytes; in text, 11 characters of base64url. */
public record DeviceId(long value) {
  public static final int SIZE = 8;

  /** Of 63 random bits; its text starts with a letter. */
  public static DeviceId random(RandomGenerator random) {
    return new DeviceId(Ids.startingWithALetter(random));
  }

  public static DeviceId read(ByteReader reader) {
    return new DeviceId(reader.u64());
  }

  public static DeviceId of(Bytes bytes) {
    return Ids.exactly(bytes, SIZE, DeviceId::read);
  }

  /** Fails with {@link MalformedException}. */
  public static DeviceId parse(String text) {
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

package dev.zamok.crypto;

import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.nio.charset.StandardCharsets;

/**
 * Builds {@code ctx(label, …) = L("zamok/v1/" + label) ‖ fields}: what is signed, authenticated or
 * derived from says what it is for, so that nothing made for one purpose passes for another.
 *
 * <p>Fields of fixed size go in raw, others with their length ({@link #sized}). Not thread-safe.
 */
public final class Context {
  private static final String PREFIX = "zamok/v1/";

  private final ByteWriter writer;

  private Context(String label) {
    writer = new ByteWriter(192).sized(label(label));
  }

  public static Context of(String label) {
    return new Context(label);
  }

  /** Reads the {@code L("zamok/v1/" + label)} that must come next. */
  public static void expect(ByteReader reader, String label) {
    if (!reader.sized().equals(label(label))) {
      throw new MalformedException("not a " + label);
    }
  }

  public Context u8(int value) {
    writer.u8(value);
    return this;
  }

  public Context u32(int value) {
    writer.u32(value);
    return this;
  }

  public Context u64(long value) {
    writer.u64(value);
    return this;
  }

  public Context room(RoomId room) {
    room.write(writer);
    return this;
  }

  public Context account(AccountId account) {
    account.write(writer);
    return this;
  }

  public Context tag(MemberTag tag) {
    tag.write(writer);
    return this;
  }

  public Context hash(Hash hash) {
    writer.bytes(hash.bytes());
    return this;
  }

  /** Raw: for fields whose size the format fixes. */
  public Context bytes(Bytes fixed) {
    writer.bytes(fixed);
    return this;
  }

  /** {@code L(bytes)}, at most 65,535 bytes. */
  public Context sized(Bytes bytes) {
    writer.sized(bytes);
    return this;
  }

  /** {@code L(text)} in UTF-8. */
  public Context sized(String text) {
    return sized(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  public Bytes toBytes() {
    return writer.toBytes();
  }

  private static Bytes label(String label) {
    return Bytes.wrap((PREFIX + label).getBytes(StandardCharsets.US_ASCII));
  }
}

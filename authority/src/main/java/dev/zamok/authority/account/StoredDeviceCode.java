package dev.zamok.authority.account;

import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's half of what unlocks an account on one device, and during a change the next one.
 *
 * <pre>
 * count u8 (1 or 2) ‖ current u8 (1 if the first one is confirmed) ‖ count × (number u32 ‖ code 32)
 * </pre>
 *
 * @param current what the device is known to keep its key under; null before the first confirmation
 * @param next what it may keep it under; null when no change is under way
 */
record StoredDeviceCode(@Nullable Code current, @Nullable Code next) {
  /** One code. Numbers begin at 1 and are given once per session. */
  record Code(int number, Bytes secret) {
    @Override
    public String toString() {
      return "Code[" + number + "]";
    }
  }

  StoredDeviceCode {
    if (current == null && next == null) {
      throw new IllegalArgumentException("no code");
    }
  }

  static StoredDeviceCode first(SecureRandom random) {
    return new StoredDeviceCode(null, fresh(1, random));
  }

  /** Those that the device may need, older first. */
  List<Code> codes() {
    return Stream.of(Optional.ofNullable(current), Optional.ofNullable(next))
        .flatMap(Optional::stream)
        .toList();
  }

  /** With a change under way: the one that is, or a new one. */
  StoredDeviceCode changing(SecureRandom random) {
    Code before = current;
    return next != null || before == null
        ? this
        : new StoredDeviceCode(before, fresh(before.number() + 1, random));
  }

  /** After the device has stored what it keeps under that one; empty if there is none such. */
  Optional<StoredDeviceCode> confirmed(int number) {
    Code pending = next;
    if (pending != null && pending.number() == number) {
      return Optional.of(new StoredDeviceCode(pending, null));
    }
    Code present = current;
    boolean repeated = pending == null && present != null && present.number() == number;
    return repeated ? Optional.of(this) : Optional.empty();
  }

  boolean isConfirmed() {
    return current != null;
  }

  Bytes encode() {
    List<Code> codes = codes();
    ByteWriter writer = new ByteWriter(80).u8(codes.size()).u8(isConfirmed() ? 1 : 0);
    codes.forEach(code -> writer.u32(code.number()).bytes(code.secret()));
    return writer.toBytes();
  }

  static StoredDeviceCode decode(Bytes body) {
    ByteReader reader = body.reader();
    int count = reader.u8();
    boolean confirmed = reader.u8() == 1;
    Code first = code(reader);
    Code second = count == 2 ? code(reader) : null;
    reader.end();
    return confirmed ? new StoredDeviceCode(first, second) : new StoredDeviceCode(null, first);
  }

  private static Code code(ByteReader reader) {
    return new Code(reader.u32(), reader.bytes(UnlockSecret.SERVER_CODE_SIZE));
  }

  private static Code fresh(int number, SecureRandom random) {
    byte[] secret = new byte[UnlockSecret.SERVER_CODE_SIZE];
    random.nextBytes(secret);
    return new Code(number, Bytes.wrap(secret));
  }

  @Override
  public String toString() {
    return "StoredDeviceCode" + codes();
  }
}

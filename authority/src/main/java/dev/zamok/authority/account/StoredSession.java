package dev.zamok.authority.account;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import java.nio.charset.StandardCharsets;

/**
 * A login on a device.
 *
 * <pre>
 * token hash 32 ‖ device 8 ‖ created u64 ‖ seen u64 ‖ ended u8 ‖ L(device name)
 * </pre>
 *
 * @param tokenHash SHA-256 of the token, which is not kept
 * @param ended revoked, and not yet removed: what follows from it is still under way
 */
record StoredSession(
    Hash tokenHash,
    DeviceId device,
    long createdMillis,
    long seenMillis,
    boolean ended,
    String deviceName) {

  StoredSession seen(long millis) {
    return new StoredSession(tokenHash, device, createdMillis, millis, ended, deviceName);
  }

  StoredSession named(String name) {
    return new StoredSession(tokenHash, device, createdMillis, seenMillis, ended, name);
  }

  StoredSession end() {
    return new StoredSession(tokenHash, device, createdMillis, seenMillis, true, deviceName);
  }

  Bytes encode() {
    ByteWriter writer = new ByteWriter(160).bytes(tokenHash.bytes());
    device.write(writer);
    return writer
        .u64(createdMillis)
        .u64(seenMillis)
        .u8(ended ? 1 : 0)
        .sized(Bytes.wrap(deviceName.getBytes(StandardCharsets.UTF_8)))
        .toBytes();
  }

  static StoredSession decode(Bytes body) {
    ByteReader reader = body.reader();
    Hash hash = Hash.read(reader);
    DeviceId device = DeviceId.read(reader);
    long created = reader.u64();
    long seen = reader.u64();
    boolean ended = reader.u8() == 1;
    String name = new String(reader.sized().toByteArray(), StandardCharsets.UTF_8);
    reader.end();
    return new StoredSession(hash, device, created, seen, ended, name);
  }

  @Override
  public String toString() {
    return "StoredSession[" + device + "]";
  }
}

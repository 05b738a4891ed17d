package dev.zamok.authority.audit;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;

/**
 * One decision. Holds no content.
 *
 * <pre>
 * time u64 ‖ L(action) ‖ L(account or nothing) ‖ L(session or nothing) ‖ L(subject) ‖ previous 32
 * </pre>
 *
 * @param account who, 16 bytes; empty when nobody was logged in
 * @param session on which login, 16 bytes; empty when nobody was logged in
 * @param subject to what: the bytes of identifiers
 * @param previous hash of the entry before in the same run; zero in the first
 */
public record AuditEntry(
    long timeMillis,
    AuditAction action,
    Bytes account,
    Bytes session,
    Bytes subject,
    Hash previous) {

  AuditEntry after(Hash other) {
    return new AuditEntry(timeMillis, action, account, session, subject, other);
  }

  Bytes encode() {
    return new ByteWriter(160)
        .u64(timeMillis)
        .sized(Bytes.wrap(action.name().getBytes(StandardCharsets.US_ASCII)))
        .sized(account)
        .sized(session)
        .sized(subject)
        .bytes(previous.bytes())
        .toBytes();
  }

  static AuditEntry decode(Bytes body) {
    ByteReader reader = body.reader();
    long time = reader.u64();
    AuditAction action = action(reader.sized());
    AuditEntry entry =
        new AuditEntry(
            time, action, reader.sized(), reader.sized(), reader.sized(), Hash.read(reader));
    reader.end();
    return entry;
  }

  private static AuditAction action(Bytes name) {
    try {
      return AuditAction.valueOf(new String(name.toByteArray(), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("unknown action");
    }
  }
}

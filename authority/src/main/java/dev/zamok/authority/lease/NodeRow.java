package dev.zamok.authority.lease;

import dev.zamok.authority.store.Row;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * What an authority says of itself with each beat.
 *
 * <pre>
 * L(address) ‖ L(version) ‖ draining u8 ‖ leases u32 ‖ startedMillis u64 ‖ lagMillis u64
 *    ‖ L(problems)
 * </pre>
 *
 * @param address {@code host:port} of its listener for other authorities; empty when it has none
 * @param leases how many it held
 * @param lagMillis how far its archiver is behind
 * @param problems of its machine, one a line, for alerts
 */
public record NodeRow(
    String address,
    String version,
    boolean draining,
    int leases,
    long startedMillis,
    long lagMillis,
    String problems) {

  Bytes body() {
    ByteWriter out = new ByteWriter(128);
    out.sized(text(address)).sized(text(version)).u8(draining ? 1 : 0);
    return out.u32(leases).u64(startedMillis).u64(lagMillis).sized(text(problems)).toBytes();
  }

  static NodeRow of(Row row) {
    ByteReader in = row.body().reader();
    String address = text(in.sized());
    String version = text(in.sized());
    NodeRow node =
        new NodeRow(address, version, in.u8() == 1, in.u32(), in.u64(), in.u64(), text(in.sized()));
    in.end();
    return node;
  }

  private static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}

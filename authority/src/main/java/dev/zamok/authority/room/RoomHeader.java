package dev.zamok.authority.room;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;

/**
 * What is known of a room beside its members.
 *
 * <pre>
 * 01 ‖ kind u8 ‖ history u8 ‖ open u8 ‖ L(name) ‖ L(info)
 *    ‖ generation u32 ‖ commit 32 ‖ owes u8 ‖ memberVersion u32 ‖ chainLength u32 ‖ chainHead 32
 *    ‖ n u32 ‖ g u32 ‖ h(R_n) 32 ‖ resetMillis u64
 * </pre>
 */
public record RoomHeader(
    RoomKind kind, History history, RoomLabel label, Standing standing, RoomEpoch epoch) {

  RoomHeader with(RoomLabel other) {
    return new RoomHeader(kind, history, other, standing, epoch);
  }

  RoomHeader with(Standing other) {
    return new RoomHeader(kind, history, label, other, epoch);
  }

  RoomHeader with(RoomEpoch other) {
    return new RoomHeader(kind, history, label, standing, other);
  }

  Bytes body() {
    ByteWriter out = new ByteWriter(256 + label.info().size());
    out.u8(RoomTables.FORMAT).u8(kind.code()).u8(history.code()).u8(label.open() ? 1 : 0);
    out.sized(Bytes.wrap(label.name().getBytes(StandardCharsets.UTF_8))).sized(label.info());
    out.u32(standing.generation()).bytes(standing.commit().bytes());
    out.u8(standing.owesGeneration() ? 1 : 0);
    out.u32(standing.memberVersion()).u32(standing.chainLength());
    out.bytes(standing.chainHead().bytes());
    out.u32(epoch.n()).u32(epoch.g()).bytes(epoch.rekey().bytes()).u64(epoch.resetMillis());
    return out.toBytes();
  }

  static RoomHeader of(Bytes body) {
    ByteReader in = body.reader();
    if (in.u8() != RoomTables.FORMAT) {
      throw new MalformedException("room of another format");
    }
    RoomKind kind = RoomKind.of(in.u8());
    History history = History.of(in.u8());
    boolean open = in.u8() == 1;
    String name = new String(in.sized().toByteArray(), StandardCharsets.UTF_8);
    RoomLabel label = new RoomLabel(open, name, in.sized());
    int generation = in.u32();
    Hash commit = Hash.read(in);
    boolean owes = in.u8() == 1;
    Standing standing = new Standing(generation, commit, owes, in.u32(), in.u32(), Hash.read(in));
    RoomEpoch epoch = new RoomEpoch(in.u32(), in.u32(), Hash.read(in), in.u64());
    in.end();
    return new RoomHeader(kind, history, label, standing, epoch);
  }
}

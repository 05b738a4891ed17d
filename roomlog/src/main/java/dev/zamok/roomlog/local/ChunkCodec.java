package dev.zamok.roomlog.local;

import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The stored form of a run of entries.
 *
 * <pre>
 * chunk  version u8 = 1 ‖ count u32 ‖ entry × count ‖ CRC-32C of all before u32
 *
 * entry   0  position  u64
 *         8  previous  u64
 *        16  time      u64   milliseconds since 1970
 *        24  room      16
 *        40  tag       8
 *        48  id        16
 *        64  epoch     u32
 *        68  kind      u8
 *        69  size      u32
 *        73  body      size
 * </pre>
 *
 * Positions rise from entry to entry. Decoding is strict.
 */
final class ChunkCodec {
  /** What an entry takes beside its body. */
  static final int ENTRY_BYTES = 73;

  private static final int VERSION = 1;
  private static final int HEAD_BYTES = 5;
  private static final int FRAME_BYTES = HEAD_BYTES + 4;

  private ChunkCodec() {}

  static byte[] encode(List<Entry> entries) {
    int size = FRAME_BYTES;
    for (Entry entry : entries) {
      size += ENTRY_BYTES + entry.body().size();
    }
    ByteWriter writer = new ByteWriter(size);
    writer.u8(VERSION).u32(entries.size());
    for (Entry entry : entries) {
      entry.position().write(writer);
      entry.previous().write(writer);
      writer.u64(entry.timeMillis());
      entry.room().write(writer);
      entry.tag().write(writer);
      entry.id().write(writer);
      writer.u32(entry.epoch()).u8(entry.kind().code());
      writer.u32(entry.body().size()).bytes(entry.body());
    }
    int crc = crc(writer.toBytes());
    return writer.u16(crc >>> 16).u16(crc & 0xffff).toByteArray();
  }

  /**
   * The entries, whose bodies are views into {@code chunk}. Fails with {@link MalformedException}.
   */
  static List<Entry> decode(Bytes chunk) {
    if (chunk.size() < FRAME_BYTES) {
      throw new MalformedException("truncated");
    }
    Bytes covered = chunk.slice(0, chunk.size() - 4);
    ByteReader end = chunk.slice(chunk.size() - 4, chunk.size()).reader();
    if ((end.u16() << 16 | end.u16()) != crc(covered)) {
      throw new MalformedException("checksum");
    }
    ByteReader reader = covered.reader();
    if (reader.u8() != VERSION) {
      throw new MalformedException("unknown version");
    }
    int count = reader.u32();
    if (count > reader.remaining() / ENTRY_BYTES) {
      throw new MalformedException("truncated");
    }
    List<Entry> entries = new ArrayList<>(count);
    Position last = Position.ZERO;
    for (int i = 0; i < count; i++) {
      Entry entry = entry(reader);
      if (!entry.position().isAfter(last)) {
        throw new MalformedException("positions out of order");
      }
      last = entry.position();
      entries.add(entry);
    }
    reader.end();
    return entries;
  }

  /** The entries that were encoded to {@code chunk}, with bodies that are views into it. */
  static List<Entry> over(Bytes chunk, List<Entry> entries) {
    int[] starts = starts(entries);
    List<Entry> over = new ArrayList<>(entries.size());
    for (int i = 0; i < starts.length; i++) {
      Entry entry = entries.get(i);
      int body = starts[i] + ENTRY_BYTES;
      over.add(
          new Entry(
              entry.room(),
              entry.position(),
              entry.previous(),
              entry.timeMillis(),
              entry.kind(),
              entry.tag(),
              entry.epoch(),
              entry.id(),
              chunk.slice(body, body + entry.body().size())));
    }
    return over;
  }

  /** Where each entry begins in the chunk that holds them. */
  static int[] starts(List<Entry> entries) {
    int[] starts = new int[entries.size()];
    int at = HEAD_BYTES;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = at;
      at += ENTRY_BYTES + entries.get(i).body().size();
    }
    return starts;
  }

  /** The counter of the entry that begins at {@code start}. */
  static long counterAt(Bytes chunk, int start) {
    return Position.read(chunk.slice(start, start + Position.SIZE).reader()).counter();
  }

  /** The entry that begins at {@code start} of a chunk that was checked. */
  static Entry entryAt(Bytes chunk, int start) {
    return entry(chunk.slice(start, chunk.size()).reader());
  }

  private static Entry entry(ByteReader reader) {
    Position position = Position.read(reader);
    Position previous = Position.read(reader);
    long timeMillis = reader.u64();
    RoomId room = RoomId.read(reader);
    MemberTag tag = MemberTag.read(reader);
    MessageId id = MessageId.read(reader);
    int epoch = reader.u32();
    EntryKind kind = EntryKind.of(reader.u8());
    Bytes body = reader.bytes(reader.u32());
    return new Entry(room, position, previous, timeMillis, kind, tag, epoch, id, body);
  }

  private static int crc(Bytes bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.asByteBuffer());
    return (int) crc.getValue();
  }
}

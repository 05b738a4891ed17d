package dev.zamok.roomlog.redis;

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
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as the servers keep and publish them.
 *
 * <pre>
 * blob     kind u8 ‖ tag 8 ‖ epoch u32 ‖ message id 16 ‖ body
 * push     "E" ‖ position ‖ " " ‖ previous ‖ " " ‖ time ‖ "\n" ‖ blob
 * signal   "S" ‖ tag 8 ‖ envelope
 * </pre>
 */
final class Coding {
  private static final int BLOB_BYTES = 29;
  private static final int PUSH_HEAD_MAX = 64;
  static final char ENTRY = 'E';
  static final char SIGNAL = 'S';

  private Coding() {}

  static byte[] blob(EntryKind kind, MemberTag tag, int epoch, MessageId id, Bytes body) {
    ByteWriter out = new ByteWriter(BLOB_BYTES + body.size());
    out.u8(kind.code());
    tag.write(out);
    out.u32(epoch);
    id.write(out);
    return out.bytes(body).toByteArray();
  }

  /** Under which the server knows an id. */
  static byte[] key(MemberTag tag, MessageId id) {
    ByteWriter out = new ByteWriter(MemberTag.SIZE + MessageId.SIZE);
    tag.write(out);
    id.write(out);
    return out.toByteArray();
  }

  private static Entry entry(RoomId room, String id, String previous, String time, Bytes blob) {
    ByteReader in = blob.reader();
    EntryKind kind = EntryKind.of(in.u8());
    MemberTag tag = MemberTag.read(in);
    int epoch = in.u32();
    MessageId message = MessageId.read(in);
    try {
      return new Entry(
          room,
          Position.parse(id),
          Position.parse(previous),
          Long.parseLong(time),
          kind,
          tag,
          epoch,
          message,
          in.rest());
    } catch (NumberFormatException e) {
      throw new MalformedException("time of an entry");
    }
  }

  /** The entries that an answer lists from an index on: id, previous, time, blob of each. */
  static List<Entry> entries(RoomId room, Response answer, int from) {
    List<Entry> entries = new ArrayList<>((answer.size() - from) / 4);
    for (int i = from; i + 3 < answer.size(); i += 4) {
      entries.add(entry(room, answer, i));
    }
    return entries;
  }

  /** One of them, at an index. */
  static Entry entry(RoomId room, Response answer, int at) {
    return entry(
        room,
        answer.get(at).toString(),
        answer.get(at + 1).toString(),
        answer.get(at + 2).toString(),
        Bytes.wrap(answer.get(at + 3).toBytes()));
  }

  /** A push that begins with {@link #ENTRY}. */
  static Entry pushed(RoomId room, byte[] push) {
    int end = 1;
    while (end < push.length && end < PUSH_HEAD_MAX && push[end] != '\n') {
      end++;
    }
    String[] head = new String(push, 1, end - 1, StandardCharsets.US_ASCII).split(" ", -1);
    if (head.length != 3 || end == push.length) {
      throw new MalformedException("not a pushed entry");
    }
    Bytes blob = Bytes.wrap(push, end + 1, push.length - end - 1);
    return entry(room, head[0], head[1], head[2], blob);
  }

  static byte[] signal(MemberTag tag, Bytes envelope) {
    ByteWriter out = new ByteWriter(1 + MemberTag.SIZE + envelope.size());
    out.u8(SIGNAL);
    tag.write(out);
    return out.bytes(envelope).toByteArray();
  }
}

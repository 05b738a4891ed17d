package dev.zamok.hub.room;

import dev.zamok.protocol.Position;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Some entries of one room in one buffer: one write for each connection instead of one for each
 * entry.
 *
 * @param last the position of the last entry in it
 */
record Joined(ByteBuf buffer, Position last, int count) {
  /** In order; buffers of at most {@code bytesMax}, longer ones for single longer entries. */
  static List<Joined> of(Iterable<Encoded> entries, ByteBufAllocator allocator, int bytesMax) {
    List<Joined> all = new ArrayList<>();
    List<Encoded> some = new ArrayList<>();
    int bytes = 0;
    for (Encoded entry : entries) {
      if (bytes > 0 && bytes + entry.frame().length > bytesMax) {
        all.add(join(some, bytes, allocator));
        some.clear();
        bytes = 0;
      }
      some.add(entry);
      bytes += entry.frame().length;
    }
    if (bytes > 0) {
      all.add(join(some, bytes, allocator));
    }
    return all;
  }

  private static Joined join(List<Encoded> entries, int bytes, ByteBufAllocator allocator) {
    ByteBuf buffer = allocator.buffer(bytes, bytes);
    for (Encoded entry : entries) {
      buffer.writeBytes(entry.frame());
    }
    return new Joined(buffer, entries.get(entries.size() - 1).entry().position(), entries.size());
  }
}

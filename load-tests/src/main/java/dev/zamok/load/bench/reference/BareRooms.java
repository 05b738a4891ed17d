package dev.zamok.load.bench.reference;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of the reference: what comes into a room in one turn of the event loop is joined into
 * one buffer, which is written once to each member. Belongs to that event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class BareRooms {
  private final EventLoop loop;
  private final @Nullable SyncedFile sync;
  private final IntObjectMap<Room> rooms = new IntObjectHashMap<>();
  private List<Room> pending = new ArrayList<>();

  BareRooms(EventLoop loop, @Nullable SyncedFile sync) {
    this.loop = loop;
    this.sync = sync;
  }

  private static final class Room {
    private final List<ChannelHandlerContext> members = new ArrayList<>();
    private @Nullable ByteBuf joined;
  }

  void join(int id, ChannelHandlerContext member) {
    rooms.computeIfAbsent(id, missing -> new Room()).members.add(member);
  }

  void leave(int id, ChannelHandlerContext member) {
    Room room = rooms.get(id);
    if (room != null) {
      room.members.remove(member);
    }
  }

  /** One message, its WebSocket frame made here, once. */
  void publish(int id, ByteBuf message, int at, int length) {
    Room room = rooms.get(id);
    if (room == null) {
      return;
    }
    ByteBuf joined = room.joined;
    if (joined == null) {
      joined = ByteBufAllocator.DEFAULT.buffer(length + 4);
      room.joined = joined;
      if (pending.isEmpty()) {
        loop.execute(this::endTurn);
      }
      pending.add(room);
    }
    BareFraming.header(joined, length);
    joined.writeByte(BareProtocol.ENTRY).writeBytes(message, at + 1, length - 1);
  }

  private void endTurn() {
    List<Room> turn = pending;
    pending = new ArrayList<>();
    store(turn);
    for (Room room : turn) {
      ByteBuf joined = java.util.Objects.requireNonNull(room.joined);
      room.joined = null;
      List<ChannelHandlerContext> members = room.members;
      for (int i = 0; i < members.size(); i++) {
        ChannelHandlerContext member = members.get(i);
        member.writeAndFlush(joined.retainedDuplicate(), member.voidPromise());
      }
      joined.release();
    }
  }

  private void store(List<Room> turn) {
    if (sync == null) {
      return;
    }
    ByteBuf all = ByteBufAllocator.DEFAULT.buffer();
    try {
      for (Room room : turn) {
        ByteBuf joined = java.util.Objects.requireNonNull(room.joined);
        all.writeBytes(joined, joined.readerIndex(), joined.readableBytes());
      }
      sync.append(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      all.release();
    }
  }
}

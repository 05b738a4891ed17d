package dev.zamok.hub.room;

import dev.zamok.hub.endpoint.WebSocket;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A connection of a simulated client, who reads when the simulator says so. */
final class FakeSocket implements WebSocket {
  private static final int HIGH_BYTES = 2_000;
  private static final int LOW_BYTES = 500;

  private final Queue<Bytes> queued = new ArrayDeque<>();
  private int bytes;
  private boolean writable = true;
  @Nullable CloseCode closed;

  /** The next frame, or null. */
  @Nullable HubFrame read() {
    Bytes next = queued.poll();
    if (next == null) {
      return null;
    }
    bytes -= next.size();
    return HubFrames.decode(next);
  }

  /** Whether it takes more again since it was asked last. */
  boolean becameWritable() {
    if (!writable && bytes < LOW_BYTES) {
      writable = true;
      return true;
    }
    return false;
  }

  @Override
  public boolean isWritable() {
    return writable && closed == null;
  }

  @Override
  public void send(Bytes message) {
    if (closed == null) {
      queued.add(message);
      bytes += message.size();
      writable &= bytes < HIGH_BYTES;
    }
  }

  @Override
  public void sendFramed(ByteBuf frames) {
    while (frames.isReadable()) {
      if (frames.readUnsignedByte() != 0x82) {
        throw new AssertionError("not a whole binary frame");
      }
      int length = frames.readUnsignedByte();
      if (length == 126) {
        length = frames.readUnsignedShort();
      }
      byte[] message = new byte[length];
      frames.readBytes(message);
      send(Bytes.wrap(message));
    }
    frames.release();
  }

  @Override
  public void oneRoom(boolean one) {}

  @Override
  public void sendFramed(ByteBuf frames, boolean last) {
    sendFramed(frames);
  }

  @Override
  public void pause(Pause cause) {}

  @Override
  public void resume(Pause cause) {}

  @Override
  public void close(CloseCode code) {
    closed = code;
  }
}

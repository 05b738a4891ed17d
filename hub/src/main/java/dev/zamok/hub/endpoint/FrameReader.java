package dev.zamok.hub.endpoint;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.frame.CloseCode;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads frames from a client (RFC 6455 §5), strictly: masked, no reserved bits, shortest lengths.
 * Messages in several frames are put together within the limit for one. What is too large is
 * refused by its header, before any of it is kept.
 *
 * <p>Numbered checks H-020 to H-029. Belongs to one event loop.
 */
final class FrameReader {
  /** H-029: no client has a reason to cut 64 KiB into more. */
  static final int FRAGMENTS_MAX = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final byte[] NOTHING = new byte[0];

  private final int messageBytesMax;
  private byte[] message = NOTHING;
  private int fragments;

  FrameReader(int messageBytesMax) {
    this.messageBytesMax = messageBytesMax;
  }

  /** What was read. */
  interface Events {
    void message(Bytes message);

    void ping(byte[] payload);

    void pong();

    /** The peer closes; 1005 when it gave no code (RFC 6455 §7.1.5). */
    void peerClosed(int code);

    /** The stream cannot be read any further. */
    void broken(CloseCode code);
  }

  /**
   * Reads one frame, if it is there whole.
   *
   * @return false when more bytes are wanted, or after {@link Events#broken}
   */
  boolean read(ByteBuf in, Events events) {
    int start = in.readerIndex();
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int first = in.getUnsignedByte(start);
    int second = in.getUnsignedByte(start + 1);
    int opcode = first & 0x0f;
    int marker = second & 0x7f;
    CloseCode fault = fault(first, second);
    if (fault != null) {
      events.broken(fault);
      return false;
    }
    int lengthBytes = marker < Framing.LENGTH_16 ? 0 : marker == Framing.LENGTH_16 ? 2 : 8;
    if (available < 2 + lengthBytes) {
      return false;
    }
    long length =
        switch (lengthBytes) {
          case 0 -> marker;
          case 2 -> in.getUnsignedShort(start + 2);
          default -> in.getLong(start + 2);
        };
    // H-026: the shortest form, and no sign bit
    if ((lengthBytes == 2 && length < Framing.LENGTH_16)
        || (lengthBytes == 8 && (length < 0 || length <= 0xffff))) {
      events.broken(CloseCode.PROTOCOL);
      return false;
    }
    if (opcode < Framing.CLOSE && length > messageBytesMax - message.length) {
      events.broken(CloseCode.FRAME_TOO_LARGE); // H-027
      return false;
    }
    int header = 2 + lengthBytes + 4;
    if (available < header + length) {
      return false;
    }
    int mask = in.getInt(start + header - 4);
    in.skipBytes(header);
    byte[] payload = new byte[(int) length];
    in.readBytes(payload);
    unmask(payload, mask);
    return deliver((first & Framing.FIN) != 0, opcode, payload, events);
  }

  private @org.jspecify.annotations.Nullable CloseCode fault(int first, int second) {
    int opcode = first & 0x0f;
    boolean fin = (first & Framing.FIN) != 0;
    if ((first & 0x70) != 0) {
      return CloseCode.PROTOCOL; // H-021
    }
    if ((second & Framing.MASKED) == 0) {
      return CloseCode.PROTOCOL; // H-020
    }
    return switch (opcode) {
      case Framing.TEXT -> CloseCode.TEXT_FRAME; // H-022
      case Framing.BINARY -> fragments > 0 ? CloseCode.PROTOCOL : null; // H-023
      case Framing.CONTINUATION ->
          fragments == 0 || fragments >= FRAGMENTS_MAX ? CloseCode.PROTOCOL : null;
      case Framing.CLOSE, Framing.PING, Framing.PONG ->
          fin && (second & 0x7f) <= Framing.CONTROL_BYTES_MAX ? null : CloseCode.PROTOCOL; // H-025
      default -> CloseCode.PROTOCOL; // H-024
    };
  }

  private boolean deliver(boolean fin, int opcode, byte[] payload, Events events) {
    switch (opcode) {
      case Framing.PING -> events.ping(payload);
      case Framing.PONG -> events.pong();
      case Framing.CLOSE -> {
        if (payload.length == 1) {
          events.broken(CloseCode.PROTOCOL); // H-028
        } else {
          events.peerClosed(
              payload.length == 0 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff));
        }
        return false;
      }
      default -> data(fin, payload, events);
    }
    return true;
  }

  private void data(boolean fin, byte[] payload, Events events) {
    if (fin && fragments == 0) {
      events.message(Bytes.wrap(payload));
      return;
    }
    int before = message.length;
    message = Arrays.copyOf(message, before + payload.length);
    System.arraycopy(payload, 0, message, before, payload.length);
    fragments++;
    if (fin) {
      byte[] whole = message;
      message = NOTHING;
      fragments = 0;
      events.message(Bytes.wrap(whole));
    }
  }

  /** RFC 6455 §5.3, eight bytes at a time. */
  static void unmask(byte[] payload, int mask) {
    long wide = (mask & 0xffff_ffffL) << 32 | (mask & 0xffff_ffffL);
    int whole = payload.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      LONGS.set(payload, i, (long) LONGS.get(payload, i) ^ wide);
    }
    for (int i = whole; i < payload.length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
    }
  }
}

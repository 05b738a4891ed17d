package dev.zamok.hub.endpoint;

import dev.zamok.protocol.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * Frames from the server to the client (RFC 6455 §5.2): never masked, never fragmented.
 *
 * <pre>
 * fin 1, rsv 000, opcode 4 | mask 0, length 7 [16 | 64] | payload
 * </pre>
 */
public final class Framing {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  static final int FIN = 0x80;
  static final int MASKED = 0x80;
  static final int LENGTH_16 = 126;
  static final int LENGTH_64 = 127;
  static final int CONTROL_BYTES_MAX = 125;

  /** The longest header that {@link #binary} makes. */
  public static final int HEADER_BYTES_MAX = 10;

  private Framing() {}

  /** One binary message as one frame. */
  public static byte[] binary(Bytes message) {
    int size = message.size();
    int header = headerBytes(size);
    byte[] framed = new byte[header + size];
    framed[0] = (byte) (FIN | BINARY);
    if (header == 2) {
      framed[1] = (byte) size;
    } else if (header == 4) {
      framed[1] = LENGTH_16;
      framed[2] = (byte) (size >>> 8);
      framed[3] = (byte) size;
    } else {
      framed[1] = LENGTH_64;
      for (int i = 0; i < 4; i++) {
        framed[6 + i] = (byte) (size >>> (24 - 8 * i));
      }
    }
    message.copyTo(framed, header);
    return framed;
  }

  static int headerBytes(int size) {
    return size < LENGTH_16 ? 2 : size <= 0xffff ? 4 : 10;
  }

  /** A control frame of at most {@value #CONTROL_BYTES_MAX} bytes. */
  static void control(int opcode, byte[] payload, ByteBuf out) {
    out.writeByte(FIN | opcode).writeByte(payload.length).writeBytes(payload);
  }

  static byte[] closePayload(int code, String reason) {
    byte[] text = reason.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return payload;
  }
}

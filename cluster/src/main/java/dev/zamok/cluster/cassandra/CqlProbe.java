package dev.zamok.cluster.cassandra;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a node whether it serves clients: the opening of the CQL binary protocol, version 4 §4.1, up
 * to the login of the first user where passwords are on.
 */
final class CqlProbe {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int VERSION = 4;
  private static final int STARTUP = 0x01;
  private static final int READY = 0x02;
  private static final int AUTHENTICATE = 0x03;
  private static final int AUTH_RESPONSE = 0x0f;
  private static final int AUTH_SUCCESS = 0x10;
  private static final int HEADER_REST = 4;
  private static final int BODY_BYTES_MAX = 1 << 16;

  private CqlProbe() {}

  /** Whether it does; false for every failure. Blocks for a few seconds at most. */
  static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      send(out, STARTUP, startup());
      int answer = receive(in);
      if (answer != AUTHENTICATE) {
        return answer == READY;
      }
      byte[] login = "\0cassandra\0cassandra".getBytes(StandardCharsets.US_ASCII);
      byte[] body = new byte[Integer.BYTES + login.length];
      body[3] = (byte) login.length;
      System.arraycopy(login, 0, body, Integer.BYTES, login.length);
      send(out, AUTH_RESPONSE, body);
      return receive(in) == AUTH_SUCCESS;
    } catch (IOException e) {
      return false;
    }
  }

  /** A string map with one entry. */
  private static byte[] startup() throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(1);
    // Two bytes of length and ASCII: what writeUTF writes.
    out.writeUTF("CQL_VERSION");
    out.writeUTF("3.0.0");
    return bytes.toByteArray();
  }

  /** Version, flags, stream 2, opcode, length 4. */
  private static void send(DataOutputStream out, int opcode, byte[] body) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(0);
    out.writeShort(0);
    out.writeByte(opcode);
    out.writeInt(body.length);
    out.write(body);
    out.flush();
  }

  private static int receive(DataInputStream in) throws IOException {
    in.readFully(new byte[HEADER_REST]);
    int opcode = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > BODY_BYTES_MAX) {
      throw new IOException("a body of " + length + " bytes");
    }
    in.readFully(new byte[length]);
    return opcode;
  }
}

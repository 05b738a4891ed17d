package dev.zamok.cluster.cassandra;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/**
 * Asks a node whether it serves clients, and how many others it knows: the opening of the CQL
 * binary protocol, version 4 §4.1, with the login of the first user where passwords are on, and a
 * query.
 */
final class CqlProbe {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int VERSION = 4;
  private static final int STARTUP = 0x01;
  private static final int READY = 0x02;
  private static final int AUTHENTICATE = 0x03;
  private static final int QUERY = 0x07;
  private static final int RESULT = 0x08;
  private static final int ROWS = 2;
  private static final int GLOBAL_TABLE = 1;
  private static final String PEERS = "SELECT peer FROM system.peers_v2";
  private static final int AUTH_RESPONSE = 0x0f;
  private static final int AUTH_SUCCESS = 0x10;
  private static final int HEADER_REST = 4;
  private static final int BODY_BYTES_MAX = 1 << 16;

  private CqlProbe() {}

  /** Whether it does; false for every failure. Blocks for a few seconds at most. */
  static boolean answers(InetSocketAddress address, SocketFactory sockets) {
    return knows(address, sockets, 0);
  }

  /** Whether it serves clients and knows at least {@code peers} other nodes. */
  static boolean knows(InetSocketAddress address, SocketFactory sockets, int peers) {
    try (Socket socket = sockets.createSocket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      return isOpen(in, out) && (peers == 0 || peers(in, out) >= peers);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOpen(DataInputStream in, DataOutputStream out) throws IOException {
    send(out, STARTUP, startup());
    int answer = receive(in).opcode();
    if (answer != AUTHENTICATE) {
      return answer == READY;
    }
    byte[] login = "\0cassandra\0cassandra".getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[Integer.BYTES + login.length];
    body[3] = (byte) login.length;
    System.arraycopy(login, 0, body, Integer.BYTES, login.length);
    send(out, AUTH_RESPONSE, body);
    return receive(in).opcode() == AUTH_SUCCESS;
  }

  /** The number of rows of an answer with one column of a plain type (§4.2.5.2). */
  private static int peers(DataInputStream in, DataOutputStream out) throws IOException {
    var bytes = new ByteArrayOutputStream();
    DataOutputStream query = new DataOutputStream(bytes);
    byte[] text = PEERS.getBytes(StandardCharsets.US_ASCII);
    query.writeInt(text.length);
    query.write(text);
    query.writeShort(1); // consistency ONE
    query.writeByte(0); // no flags
    send(out, QUERY, bytes.toByteArray());
    Answer answer = receive(in);
    DataInputStream body = answer.body();
    if (answer.opcode() != RESULT || body.readInt() != ROWS) {
      throw new IOException("no rows");
    }
    boolean named = (body.readInt() & GLOBAL_TABLE) != 0;
    int columns = body.readInt();
    // Keyspace and table, then the column's name and its type.
    int strings = named ? 3 : 2 + columns;
    for (int i = 0; i < strings; i++) {
      body.readUTF();
    }
    body.readShort();
    return body.readInt();
  }

  /** A string map with one entry. */
  private static byte[] startup() throws IOException {
    var bytes = new ByteArrayOutputStream();
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

  private record Answer(int opcode, DataInputStream body) {}

  private static Answer receive(DataInputStream in) throws IOException {
    in.readFully(new byte[HEADER_REST]);
    int opcode = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > BODY_BYTES_MAX) {
      throw new IOException("a body of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    return new Answer(opcode, new DataInputStream(new ByteArrayInputStream(body)));
  }
}

package dev.zamok.hub;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS socket that can send anything, malformed frames above all. Blocking. */
public class RawClient implements AutoCloseable {
  public static final int TIMEOUT_MILLIS = 30_000;

  protected final Socket socket;
  protected final DataInputStream in;
  protected final OutputStream out;

  public RawClient(int port) throws IOException {
    this(tls(port));
  }

  protected RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Without TLS. */
  public static RawClient plain(int port) throws IOException {
    return new RawClient(new Socket("127.0.0.1", port));
  }

  /** No more will be sent. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** What TLS agreed on, when these are offered. */
  public static String protocols(int port, String tls, String... application) throws IOException {
    try (SSLSocket socket = tls(port, new String[] {tls}, application)) {
      return socket.getSession().getProtocol() + " " + socket.getApplicationProtocol();
    }
  }

  private static SSLSocket tls(int port) throws IOException {
    return tls(port, new String[] {"TLSv1.3"}, new String[0]);
  }

  private static SSLSocket tls(int port, String[] protocols, String[] application)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnybody()}, new SecureRandom());
      Socket plain = new Socket();
      plain.setReceiveBufferSize(16_384);
      plain.connect(new java.net.InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(protocols);
      parameters.setApplicationProtocols(application);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  public static String upgrade(String path, String... more) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Protocol: zamok.v1\r\n"
        + String.join("", more)
        + "\r\n";
  }

  public void write(String ascii) throws IOException {
    write(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Up to and with the empty line. */
  public String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("ended within a head: " + head);
      }
      head.write(one);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** The body that goes with a head, by its Content-Length. */
  public String readBody(String head) throws IOException {
    java.util.regex.Matcher length =
        java.util.regex.Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n").matcher(head);
    byte[] body = new byte[length.find() ? Integer.parseInt(length.group(1)) : 0];
    in.readFully(body);
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The status of the response to a request. */
  public int statusOf(String request) throws IOException {
    write(request);
    return Integer.parseInt(readHead().split(" ", 3)[1]);
  }

  /** One frame with a mask. */
  public static byte[] frame(int first, byte[] payload) {
    return frame(first, payload, payload.length);
  }

  /** As {@link #frame(int, byte[])}, claiming another length. */
  public static byte[] frame(int first, byte[] payload, long claimed) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (claimed < 126) {
      frame.write(0x80 | (int) claimed);
    } else if (claimed <= 0xffff) {
      frame.write(0x80 | 126);
      frame.write((int) (claimed >> 8));
      frame.write((int) claimed);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) (claimed >> shift));
      }
    }
    byte[] mask = {1, 2, 3, 4};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i & 3]);
    }
    return frame.toByteArray();
  }

  /** One frame of the server: its opcode and its payload. */
  public record Received(int opcode, byte[] payload) {
    public int closeCode() {
      return (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }
  }

  public Received read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((first & 0xf0) != 0x80 || (second & 0x80) != 0) {
      throw new IOException("a server sends whole frames without a mask");
    }
    int length = second;
    if (second == 126) {
      length = in.readUnsignedShort();
    } else if (second == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Received(first & 0x0f, payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class TrustAnybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

package dev.zamok.cluster.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks as much RESP2 as asking a server for its state needs. Blocks; one thread
 * at a time.
 */
public final class RespClient implements Closeable {
  private static final int BULK_BYTES_MAX = 64 << 20;
  private static final int ARRAY_MAX = 1 << 20;

  private final Socket socket;
  private final DataInputStream in;

  /** An error that the server answered. */
  public static final class ErrorReply extends IOException {
    private static final long serialVersionUID = 1L;

    ErrorReply(String message) {
      super(message);
    }
  }

  /**
   * Connects; over TLS the certificate must be the host's.
   *
   * @param limit for connecting and for each answer
   */
  public RespClient(HostPort at, SocketFactory sockets, Duration limit) throws IOException {
    int millis = (int) limit.toMillis();
    socket = sockets.createSocket();
    try {
      if (socket instanceof SSLSocket tls) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name in the certificate
        tls.setSSLParameters(parameters);
      }
      socket.connect(new InetSocketAddress(at.host(), at.port()), millis);
      socket.setSoTimeout(millis);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks and waits. The answer: a {@code String}, a {@code Long}, a {@code List} of answers, or
   * null.
   */
  public @Nullable Object command(List<String> words) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("*" + words.size() + "\r\n"));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ascii("$" + bytes.length + "\r\n"));
      out.writeBytes(bytes);
      out.writeBytes(ascii("\r\n"));
    }
    socket.getOutputStream().write(out.toByteArray());
    return reply();
  }

  /** {@link #command}, where a text is the answer. */
  public String text(String... words) throws IOException {
    return String.valueOf(command(List.of(words)));
  }

  private @Nullable Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> throw new ErrorReply(rest);
      case ':' -> Long.valueOf(rest);
      case '$' -> bulk(limited(rest, BULK_BYTES_MAX));
      case '*' -> array(limited(rest, ARRAY_MAX));
      default -> throw new IOException("not RESP2");
    };
  }

  private @Nullable String bulk(int size) throws IOException {
    if (size < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size || in.readByte() != '\r' || in.readByte() != '\n') {
      throw new EOFException();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable List<@Nullable Object> array(int size) throws IOException {
    if (size < 0) {
      return null;
    }
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(reply());
    }
    return all;
  }

  private static int limited(String number, int max) throws IOException {
    int value = Integer.parseInt(number);
    if (value > max) {
      throw new IOException("an answer of " + value + " is too large");
    }
    return value;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\r') {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    if (in.read() != '\n' || line.isEmpty()) {
      throw new IOException("not RESP2");
    }
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

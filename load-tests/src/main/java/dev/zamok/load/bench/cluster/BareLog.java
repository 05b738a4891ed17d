package dev.zamok.load.bench.cluster;

import dev.zamok.cluster.redis.HostPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The least that a replicated log on these servers can be: batches of {@code XADD}, each followed
 * by {@code WAIT} for two replicas, one after the other on one connection. Blocks.
 */
final class BareLog implements AutoCloseable {
  private static final int REPLICAS = 2;
  private static final int KEPT_MAX = 1_000;
  private static final int ANSWER_MILLIS_MAX = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final byte[] batch;
  private final int size;

  /**
   * @param size entries of a batch
   * @param streams they go to, in turn
   */
  BareLog(HostPort primary, int size, int streams, int bodyBytes) throws IOException {
    this.size = size;
    this.batch = batch(size, streams, bodyBytes);
    socket = new Socket(primary.host(), primary.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_MILLIS_MAX);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  private static byte[] batch(int size, int streams, int bodyBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String body = "x".repeat(bodyBytes);
    for (int i = 0; i < size; i++) {
      String stream = "bare:" + i % streams;
      command(out, "XADD", stream, "MAXLEN", "~", Integer.toString(KEPT_MAX), "*", "b", body);
    }
    command(out, "WAIT", Integer.toString(REPLICAS), "1000");
    return out.toByteArray();
  }

  private static void command(ByteArrayOutputStream out, String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    out.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Appends for so long, and yields how many were acknowledged. */
  long appendFor(long nanos) throws IOException {
    long start = System.nanoTime();
    long appended = 0;
    while (System.nanoTime() - start < nanos) {
      socket.getOutputStream().write(batch);
      for (int i = 0; i < size; i++) {
        skipBulk();
      }
      String replicas = line();
      if (!replicas.matches(":[0-9]+") || Integer.parseInt(replicas.substring(1)) < REPLICAS) {
        throw new IOException("WAIT answered " + replicas);
      }
      appended += size;
    }
    return appended;
  }

  private void skipBulk() throws IOException {
    String head = line();
    if (!head.startsWith("$")) {
      throw new IOException("XADD answered " + head);
    }
    in.skipNBytes(Long.parseLong(head.substring(1)) + 2);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

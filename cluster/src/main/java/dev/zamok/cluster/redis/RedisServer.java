package dev.zamok.cluster.redis;

import dev.zamok.cluster.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * A Redis server or a sentinel, as a child process on this machine; ready when the constructor of
 * {@link #start} returns.
 *
 * <p>Calls block. Not thread-safe.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final RedisBinary binary;
  private final Spec spec;
  private ServerProcess process;

  /**
   * Which process.
   *
   * @param name of the process and of its files in {@code directory}
   * @param sockets with which it is asked whether it is ready
   */
  public record Spec(
      String name, Path directory, HostPort at, boolean isSentinel, SocketFactory sockets) {
    public static Spec server(String name, Path directory, HostPort at) {
      return new Spec(name, directory, at, false, SocketFactory.getDefault());
    }

    public static Spec sentinel(String name, Path directory, HostPort at) {
      return new Spec(name, directory, at, true, SocketFactory.getDefault());
    }

    Path file() {
      return directory.resolve(name + ".conf");
    }
  }

  private RedisServer(RedisBinary binary, Spec spec) {
    this.binary = binary;
    this.spec = spec;
    this.process = run();
  }

  /** Writes the file and starts the process from it. */
  public static RedisServer start(RedisBinary binary, Spec spec, RedisConf conf) {
    conf.write(spec.file());
    return new RedisServer(binary, spec);
  }

  /** Starts the process from its file as it is: a sentinel finds there what it wrote. */
  public static RedisServer resume(RedisBinary binary, Spec spec) {
    return new RedisServer(binary, spec);
  }

  private ServerProcess run() {
    List<String> command =
        spec.isSentinel()
            ? List.of(binary.path().toString(), spec.file().toString(), "--sentinel")
            : List.of(binary.path().toString(), spec.file().toString());
    ServerProcess started = ServerProcess.start(spec.name(), spec.directory(), command);
    started.awaitReady(this::answers, START);
    return started;
  }

  /** Whether it answers and has loaded its data; one that wants a password first is ready too. */
  private boolean answers() {
    try (RespClient client = new RespClient(spec.at(), spec.sockets(), ANSWER)) {
      return client.text("PING").equals("PONG");
    } catch (RespClient.ErrorReply e) {
      return String.valueOf(e.getMessage()).startsWith("NOAUTH");
    } catch (IOException e) {
      return false;
    }
  }

  public HostPort at() {
    return spec.at();
  }

  public Path directory() {
    return spec.directory();
  }

  public ServerProcess process() {
    return process;
  }

  /** Asks it one thing; fails with {@link UncheckedIOException}. */
  public Object ask(String... words) {
    try (RespClient client = new RespClient(spec.at(), spec.sockets(), ANSWER)) {
      return Optional.ofNullable(client.command(List.of(words))).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A field of {@code INFO section}, empty if there is none. */
  public String info(String section, String field) {
    for (String line : ask("INFO", section).toString().split("\r\n", -1)) {
      if (line.startsWith(field + ":")) {
        return line.substring(field.length() + 1);
      }
    }
    return "";
  }

  public boolean isPrimary() {
    return info("replication", "role").equals("master");
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The file with what it printed. */
  public Path output() {
    return process.output();
  }

  /** Waits for as long as it runs; yields its exit code. */
  public int awaitEnd() throws InterruptedException {
    return process.awaitEnd();
  }

  public void kill() {
    process.kill();
  }

  public void stop() {
    process.stop(STOP);
  }

  public void freeze() {
    process.freeze();
  }

  public void thaw() {
    process.thaw();
  }

  /** Starts it again, on the same port and directory, from the file as it is now. */
  public void restart() {
    if (process.isAlive()) {
      process.kill();
    }
    process = run();
  }

  /** Starts it again from another file. */
  public void restart(RedisConf conf) {
    if (process.isAlive()) {
      process.kill();
    }
    conf.write(spec.file());
    process = run();
  }

  @Override
  public void close() {
    process.kill();
  }

  @Override
  public String toString() {
    return spec.name() + " at " + spec.at();
  }
}

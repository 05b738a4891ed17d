package dev.zamok.load.simulation;

import dev.zamok.cluster.process.ServerProcess;
import dev.zamok.load.relay.Relay;
import dev.zamok.load.traffic.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server under test: {@code zamok serve} as a child process with its usual configuration, on a
 * free port and a fresh directory; or the one of this machine that {@code -Dzamok.server} and
 * {@code -Dzamok.certificate} name.
 *
 * <p>Virtual users reach it through {@link Relay}s: servers limit what one address may do at once.
 */
final class Target implements AutoCloseable {
  /** Settings of a server that is started here: none but the defaults. */
  static final String USUAL = "{}";

  /** Servers let one address register 20 accounts at once. */
  private static final int LOGINS_PER_SOURCE = 16;

  private static final String SETTINGS = "zamok.yaml";
  private static final Duration START_MAX = Duration.ofMinutes(8);
  private static final Pattern FINGERPRINT = Pattern.compile("certificate SHA-256 ([0-9a-f]{64})");
  private static final Pattern READY = Pattern.compile("(?m)^ready: (\\S+)");

  private final ServerProcess child;
  private final InetSocketAddress address;
  private final String fingerprint;
  private final Relay relay;
  private final String prefix = "sim" + System.currentTimeMillis();

  private Target(ServerProcess child, InetSocketAddress address, String fingerprint, int logins) {
    this.child = child;
    this.address = address;
    this.fingerprint = fingerprint;
    relay = Relay.start(1 + (logins - 1) / LOGINS_PER_SOURCE, List.of(address));
  }

  /**
   * Blocks until it is ready.
   *
   * @param logins how many there will be
   */
  static Target open(int logins) {
    return open(logins, USUAL);
  }

  /**
   * As above.
   *
   * @param settings YAML, for a server that is started here
   */
  static Target open(int logins, String settings) {
    String given = System.getProperty("zamok.server");
    if (given != null) {
      URI server = URI.create(given);
      String certificate = System.getProperty("zamok.certificate", "");
      if (server.getHost() == null || server.getPort() < 0 || certificate.isEmpty()) {
        throw new IllegalArgumentException(
            "-Dzamok.server=https://host:port needs -Dzamok.certificate=<SHA-256>");
      }
      InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
      return new Target(null, address, certificate, logins);
    }
    Path directory = fresh(settings);
    ServerProcess child = ServerProcess.start("serve", directory, command(directory));
    try {
      child.awaitReady(() -> READY.matcher(child.printed()).find(), START_MAX);
      String printed = child.printed();
      Matcher ready = READY.matcher(printed);
      Matcher fingerprint = FINGERPRINT.matcher(printed);
      if (!ready.find() || !fingerprint.find()) {
        throw new IllegalStateException("the server told no address or certificate:\n" + printed);
      }
      int port = URI.create(ready.group(1)).getPort();
      return new Target(
          child, new InetSocketAddress("127.0.0.1", port), fingerprint.group(1), logins);
    } catch (RuntimeException e) {
      remove(child);
      throw e;
    }
  }

  private static void remove(ServerProcess child) {
    child.kill();
    Trash.delete(child.output().getParent());
  }

  private static Path fresh(String settings) {
    try {
      Path directory = Files.createTempDirectory("zamok-simulation");
      Files.writeString(directory.resolve(SETTINGS), settings);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.zamok.app.Main",
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--config",
        directory.resolve(SETTINGS).toString(),
        "--data",
        directory.resolve("data").toString(),
        "--keys",
        directory.resolve("keys").toString());
  }

  /** The credentials of the one with that number, new to the server. */
  Login login(int number) {
    int port = relay.ports().get(number / LOGINS_PER_SOURCE % relay.ports().size());
    return new Login(URI.create("https://127.0.0.1:" + port), fingerprint, prefix + "-" + number);
  }

  InetSocketAddress address() {
    return address;
  }

  /** Stops what was started here, and deletes what it kept. */
  @Override
  public void close() {
    relay.close();
    if (child != null) {
      remove(child);
    }
  }
}

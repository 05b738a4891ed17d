package dev.zamok.load.bench.server;

import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.Child;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.load.bench.wire.RoomNames;
import dev.zamok.load.bench.wire.Seat;
import dev.zamok.load.bench.wire.Speech;
import dev.zamok.protocol.ticket.Algorithm;
import dev.zamok.protocol.ticket.TicketKeyMaker;
import dev.zamok.protocol.ticket.TicketKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** {@code zamok hub} as a process: tickets checked, a durable local log, metrics on. */
public record Hub(Child process, Generator.Target target, TicketDesk desk, Path keys)
    implements Server {
  private static final Pattern READY = Pattern.compile("ready: wss?://\\S*?:([0-9]+)/hub");

  /** One connection may publish without being told to wait; all else is default. */
  private static final String SETTINGS =
      "hub:\n  publishesPerSecond: 100000\n  connectionsPerAddressMax: 100000\n";

  /** What a hub is started with. */
  public record Options(boolean tls, Algorithm algorithm) {}

  static Path certificate(Path keys) {
    return keys.resolve("tls.certificate.pem");
  }

  /** Blocks until it listens. Its data and keys are made anew. */
  public static Hub start(Launch launch, Options options) {
    SecureRandom random = new SecureRandom();
    Path directory = launch.directory().resolve("hub-" + Long.toHexString(random.nextLong()));
    TicketKeyMaker.Made made = TicketKeyMaker.make(options.algorithm(), random);
    Path ticketKeys = write(directory, "keys.jwks", made.verifying());
    Path settings = write(directory, "zamok.yaml", SETTINGS);
    Path keys = directory.resolve("keys");
    List<String> command = new ArrayList<>(launch.pinning().server());
    command.addAll(launch.zamok());
    command.addAll(List.of("hub", "--listen", "127.0.0.1:0", "--config", settings.toString()));
    command.addAll(List.of("--data", directory.resolve("data").toString()));
    command.addAll(List.of("--keys", keys.toString(), "--ticket-keys", ticketKeys.toString()));
    if (!options.tls()) {
      command.add("--clear");
    }
    Map<String, String> environment =
        Map.of("ZAMOK_JAVA_OPTIONS", String.join(" ", launch.javaOptions()));
    Child child = Child.start(command, environment, directory.resolve("hub.out"));
    try {
      int port = Integer.parseInt(child.await(READY));
      RoomNames names = RoomNames.of(random.nextLong());
      return new Hub(
          child,
          new Generator.Target(
              port, options.tls() ? Trust.of(certificate(keys)) : null, Speech.zamok(names)),
          new TicketDesk(TicketKeys.parse(bytes(made.whole())).signing(), names, random),
          keys);
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Path write(Path directory, String name, String text) {
    try {
      Files.createDirectories(directory);
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same server with rooms that nobody has spoken in. */
  public Hub renamed() {
    TicketDesk other =
        new TicketDesk(desk.key(), RoomNames.of(desk.random().nextLong()), desk.random());
    return new Hub(
        process,
        new Generator.Target(target.port(), target.tls(), Speech.zamok(other.names())),
        other,
        keys);
  }

  /** For Java's own client of the server API. */
  public SSLContext trust() {
    return Trust.javaOf(certificate(keys));
  }

  @Override
  public String name() {
    return "zamok";
  }

  @Override
  public List<Seat> seats(Layout layout) {
    List<Seat> seats = new ArrayList<>(layout.connections());
    for (int i = 0; i < layout.connections(); i++) {
      List<Integer> rooms = layout.roomsOf(i);
      seats.add(new Seat(i, rooms, () -> desk.ticket(rooms)));
    }
    return seats;
  }
}

package dev.zamok.load.bench.server;

import dev.zamok.load.bench.drive.Layout;
import dev.zamok.load.bench.process.Child;
import dev.zamok.load.bench.reference.BareProtocol;
import dev.zamok.load.bench.reference.BareServer;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.load.bench.wire.Seat;
import dev.zamok.load.bench.wire.Speech;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reference, as a process. */
public record Bare(Child process, Generator.Target target) implements Server {
  private static final Pattern READY = Pattern.compile(BareProtocol.READY + "([0-9]+)");

  /**
   * Blocks until it listens.
   *
   * @param tlsOf where a hub keeps its certificate, for the same one; null to speak in the clear
   * @param sync an fsync for each turn
   */
  public static Bare start(Launch launch, @Nullable Path tlsOf, boolean sync) {
    List<String> command = new ArrayList<>(launch.pinning().server());
    command.addAll(launch.bare());
    command.addAll(launch.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BareServer.class.getName());
    if (tlsOf != null) {
      command.addAll(List.of("--certificate", Hub.certificate(tlsOf).toString()));
      command.addAll(List.of("--key", tlsOf.resolve("tls.key.pem").toString()));
    }
    if (sync) {
      command.addAll(List.of("--sync", launch.directory().resolve("reference.sync").toString()));
    }
    Child child =
        Child.start(
            command, Map.of("MALLOC_ARENA_MAX", "1"), launch.directory().resolve("reference.out"));
    try {
      int port = Integer.parseInt(child.await(READY));
      return new Bare(
          child,
          new Generator.Target(
              port, tlsOf == null ? null : Trust.of(Hub.certificate(tlsOf)), Speech.bare()));
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public List<Seat> seats(Layout layout) {
    List<Seat> seats = new ArrayList<>(layout.connections());
    for (int i = 0; i < layout.connections(); i++) {
      seats.add(new Seat(i, layout.roomsOf(i), () -> ""));
    }
    return seats;
  }
}

package dev.zamok.load.bench;

import dev.zamok.load.bench.cluster.Cluster;
import dev.zamok.load.bench.process.Pinning;
import dev.zamok.load.bench.safe.SafeBench;
import dev.zamok.load.bench.scenario.Deliveries;
import dev.zamok.load.bench.scenario.Growth;
import dev.zamok.load.bench.scenario.Handshakes;
import dev.zamok.load.bench.scenario.Idle;
import dev.zamok.load.bench.scenario.Rekeys;
import dev.zamok.load.bench.scenario.Resume;
import dev.zamok.load.bench.scenario.Scenario;
import dev.zamok.load.bench.scenario.SlowReader;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.protocol.ticket.Algorithm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code zamok bench} command. Exit codes: 0 measured, 1 failed or lost something, 2 usage. */
@Command(
    name = "bench",
    description = {
      "Measure the hub against a bare Netty server, in turn, on this machine.",
      "Server and generator are processes of their own, on a processor each where taskset is there."
    },
    mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {
  /** What can be measured. */
  enum Name {
    fanout,
    rooms,
    publish,
    latency,
    idle,
    handshake,
    handshake_eddsa,
    handshake_known,
    catchup,
    resume,
    growth,
    growth_rooms,
    rekey,
    cluster
  }

  private static Scenario scenario(Name name, Bench.Size size) {
    return switch (name) {
      case fanout -> Deliveries.fanout(size);
      case rooms -> Deliveries.rooms(size);
      case publish -> Deliveries.publish(size);
      case latency -> Deliveries.latency(size);
      case idle -> new Idle(size);
      case handshake -> new Handshakes("handshake", Algorithm.HS256, false, size);
      case handshake_eddsa -> new Handshakes("handshake_eddsa", Algorithm.EDDSA, false, size);
      case handshake_known -> new Handshakes("handshake_known", Algorithm.EDDSA, true, size);
      case catchup -> new SlowReader(size);
      case resume -> new Resume(size);
      case growth -> Growth.subscribers(size);
      case growth_rooms -> Growth.rooms(size);
      case rekey -> new Rekeys(size);
      case cluster -> new Cluster(size);
    };
  }

  @Spec private CommandSpec spec;

  /** Missing before a subcommand only. */
  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "${COMPLETION-CANDIDATES}.")
  private @Nullable Name scenario;

  @Option(names = "--tls", description = "Over TLS 1.3.")
  private boolean tls;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "Of each round of each server (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm",
      defaultValue = "10",
      description = "Seconds before the first round (default: ${DEFAULT-VALUE}).")
  private int warm;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "How often they take turns (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--plot",
      paramLabel = "PNG",
      description = "Draw growth, or a rekey's requests, there.")
  private @Nullable Path plot;

  @Option(names = "--connections", description = "Another number than the scenario has.")
  private int connections;

  @Option(names = "--rooms", description = "Another number than the scenario has.")
  private int rooms;

  @Option(names = "--in-flight", description = "Messages under way in a room, likewise.")
  private int inFlight;

  @Option(names = "--body", description = "Bytes of a message, likewise.")
  private int bodyBytes;

  @Option(names = "--java-options", description = "For both servers, in one argument.")
  private String javaOptions = "";

  @Option(
      names = "--directory",
      description = "For logs and data; on a disk (default: load-tests/target/bench).")
  private @Nullable Path directory;

  /** Started by the {@code zamok} script, which names the checkout in {@code zamok.home}. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchMain()).addSubcommand("safe", new SafeBench());
  }

  @Override
  public Integer call() {
    if (scenario == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Missing required parameter: 'SCENARIO'");
    }
    return measure(scenario);
  }

  private int measure(Name measured) {
    Bench.Plan plan = plan();
    Path home = Path.of(System.getProperty("zamok.home", ".")).toAbsolutePath();
    Path work =
        directory == null
            ? home.resolve("load-tests").resolve("target").resolve("bench")
            : directory;
    Pinning pinning = new Pinning();
    if (measured != Name.cluster) { // whose nine servers share all processors with the generator
      pinning.pinGenerator();
    }
    Launch launch = Launch.fromHome(home, pinning, made(work));
    if (!javaOptions.isBlank()) {
      launch = launch.withJavaOptions(List.of(javaOptions.strip().split(" +")));
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Generator generator = new Generator()) {
      Bench bench =
          new Bench(
              plan,
              launch,
              generator,
              text -> {
                err.println(text);
                err.flush();
              });
      if (!pinning.isPossible()) {
        err.println("not pinned: taskset and two processors are needed");
      }
      Result result = scenario(measured, plan.size()).run(bench);
      out.println(json ? result.json() : result.text());
      out.flush();
      draw(result);
      return result.lost() == 0 && result.doubled() == 0 ? 0 : 1;
    }
  }

  private void draw(Result result) {
    if (plot == null) {
      return;
    }
    if (result.more().containsKey("sizes")) {
      Growth.plot(result).write(plot);
    } else if (result.more().containsKey("shareRequests")) {
      Rekeys.plot(result).write(plot);
    }
  }

  private Bench.Plan plan() {
    if (rounds < 1 || seconds < 1 || warm < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--rounds and --seconds are at least 1");
    }
    Bench.Size size = new Bench.Size(connections, rooms, inFlight, bodyBytes);
    return new Bench.Plan(tls, seconds, warm, rounds, size);
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

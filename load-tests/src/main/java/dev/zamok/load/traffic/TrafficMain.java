package dev.zamok.load.traffic;

import dev.zamok.load.audit.Audit;
import dev.zamok.load.audit.Verdict;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Traffic and audit by hand, against a server that runs. */
@Command(
    name = "traffic",
    description = "Steady encrypted traffic against a running server of this machine, audited.",
    mixinStandardHelpOptions = true)
public final class TrafficMain implements Callable<Integer> {
  private static final Duration QUIET_MAX = Duration.ofMinutes(4);

  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "https://host:port of an authority; may be given several times.")
  private List<URI> servers = List.of();

  @Option(
      names = "--certificate",
      required = true,
      paramLabel = "SHA-256",
      description = "Fingerprint of the certificate, as the server prints it.")
  private String certificate = "";

  @Option(names = "--rooms", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
  private int rooms;

  @Option(names = "--clients", defaultValue = "300", description = "Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--rooms-per-client",
      defaultValue = "2",
      description = "Default: ${DEFAULT-VALUE}.")
  private int roomsPerClient;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "Messages a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--removals", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
  private int removals;

  @Option(
      names = "--prefix",
      description = "Of the login names, new to the server. Default: from the time.")
  private @Nullable String prefix;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrafficMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String names = prefix == null ? "load" + System.currentTimeMillis() : prefix;
    Plan plan = new Plan(servers, certificate, rooms, clients, roomsPerClient, rate, seed);
    out.println("registering " + clients + " accounts, making " + rooms + " rooms");
    out.flush();
    long start = System.nanoTime();
    try (Traffic traffic = Traffic.start(plan, names)) {
      out.printf("all are there after %d s%n", (System.nanoTime() - start) / 1_000_000_000L);
      out.flush();
      long from = System.nanoTime();
      for (int i = 0; i < removals; i++) {
        traffic.run(Duration.ofSeconds(seconds).dividedBy(removals + 1L));
        traffic.removeSomebody(QUIET_MAX);
        traffic.rotateSomewhere(i % 2 == 0, QUIET_MAX);
      }
      traffic.run(Duration.ofSeconds(seconds).dividedBy(removals + 1L));
      traffic.note("none", from, System.nanoTime());
      if (!traffic.quiet(QUIET_MAX)) {
        out.println("it does not come to rest: " + traffic.unrest());
      }
      Verdict verdict = Audit.of(traffic.recording(true));
      out.print(verdict.report());
      out.flush();
      return verdict.passed() ? 0 : 1;
    }
  }
}

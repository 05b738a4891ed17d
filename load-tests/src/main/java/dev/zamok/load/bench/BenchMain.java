package dev.zamok.load.bench;

import dev.zamok.load.bench.process.Machine;
import dev.zamok.load.bench.process.Pinning;
import dev.zamok.load.bench.safe.SafeBench;
import dev.zamok.load.bench.scenario.Growth;
import dev.zamok.load.bench.scenario.Rekeys;
import dev.zamok.load.bench.scenario.Scenario;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.wire.Generator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
  private static final String ALL = "all";

  @Spec private CommandSpec spec;

  /** Missing before a subcommand only. */
  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      completionCandidates = Names.class,
      description = {
        "${COMPLETION-CANDIDATES}.",
        "all: every line of the table in BENCHMARKS.md, one after the other."
      })
  private @Nullable String scenario;

  /** What {@code SCENARIO} may be. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      for (ScenarioName each : ScenarioName.values()) {
        add(each.name());
      }
      add(ALL);
    }
  }

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

  @Option(
      names = "--in-flight",
      description = "Messages under way in a room, or a second where they come by the clock.")
  private int inFlight;

  @Option(names = "--body", description = "Bytes of a message, likewise.")
  private int bodyBytes;

  @Option(names = "--java-options", description = "For both servers, in one argument.")
  private String javaOptions = "";

  @Option(
      names = "--directory",
      description = "For logs and data; on a disk (default: load-tests/target/bench).")
  private @Nullable Path directory;

  @Option(names = "--keep", description = "Leave the logs and data of the run there.")
  private boolean keep;

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
      throw usage("Missing required parameter: 'SCENARIO'");
    }
    List<Trial> trials = trials(scenario);
    Bench.Plan plan = plan();
    if (!areMet(trials)) {
      return 1;
    }
    Path home = Path.of(System.getProperty("zamok.home", ".")).toAbsolutePath();
    RunDirectory run =
        RunDirectory.in(
            directory == null
                ? home.resolve("load-tests").resolve("target").resolve("bench")
                : directory);
    Pinning pinning = new Pinning();
    if (!pinning.isPossible()) {
      note("not pinned: taskset and two processors are needed");
    }
    Launch launch = Launch.fromHome(home, pinning, run.path());
    if (!javaOptions.isBlank()) {
      launch = launch.withJavaOptions(List.of(javaOptions.strip().split(" +")));
    }
    boolean good = true;
    boolean failed = false;
    for (Trial trial : trials) {
      try {
        good &= measure(trial, plan, launch);
      } catch (RuntimeException e) {
        if (trials.size() == 1) {
          note("logs and data of the run: " + run.path());
          throw e;
        }
        failed = true;
        note(trial.name() + " failed: " + e);
      }
    }
    if (keep || failed || !good) {
      note("logs and data of the run: " + run.path());
    } else {
      run.delete();
    }
    return good && !failed ? 0 : 1;
  }

  private List<Trial> trials(String wanted) {
    if (wanted.equals(ALL)) {
      refuse(option -> false, ALL);
      return Trial.all();
    }
    for (ScenarioName name : ScenarioName.values()) {
      if (name.name().equals(wanted)) {
        refuse(name::takes, wanted);
        return List.of(
            new Trial(name, tls, new Bench.Size(connections, rooms, inFlight, bodyBytes)));
      }
    }
    throw usage("Invalid value for SCENARIO: '" + wanted + "' is none of " + new Names());
  }

  /** An option that would be ignored is a mistake of whoever gave it. */
  private void refuse(Predicate<String> taken, String wanted) {
    for (String option : new TreeSet<>(ScenarioName.SPECIAL)) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option) && !taken.test(option)) {
        throw usage(wanted + " does not take " + option);
      }
    }
  }

  private CommandLine.ParameterException usage(String what) {
    return new CommandLine.ParameterException(spec.commandLine(), what);
  }

  private boolean areMet(List<Trial> trials) {
    Set<String> unmet = new LinkedHashSet<>();
    for (Trial trial : trials) {
      Scenario each = trial.name().scenario(trial.size());
      unmet.addAll(Machine.unmet(each.connections(), each.needsJdk()));
    }
    unmet.forEach(this::note);
    return unmet.isEmpty();
  }

  /** Returns whether everything arrived, once. */
  private boolean measure(Trial trial, Bench.Plan plan, Launch launch) {
    boolean pinned = trial.isPinned() && launch.pinning().isPossible();
    if (pinned) {
      launch.pinning().pinGenerator();
    }
    try (Generator generator = new Generator()) {
      Bench bench = new Bench(plan.of(trial.tls(), trial.size()), launch, generator, this::note);
      Result result = trial.name().scenario(trial.size()).run(bench).with("pinned", pinned);
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? result.json() : result.text());
      out.flush();
      draw(result);
      return result.lost() == 0 && result.doubled() == 0;
    }
  }

  private void note(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
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

  /** How long; what and how large is a trial's. */
  private Bench.Plan plan() {
    if (rounds < 1 || seconds < 1 || warm < 0) {
      throw usage("--rounds and --seconds are at least 1");
    }
    return new Bench.Plan(false, seconds, warm, rounds, new Bench.Size(0, 0, 0, 0));
  }
}

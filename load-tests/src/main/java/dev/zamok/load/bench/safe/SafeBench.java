package dev.zamok.load.bench.safe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.load.bench.process.Child;
import dev.zamok.load.bench.process.Pinning;
import dev.zamok.load.bench.server.Launch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Large safes: opened cold and warm in a process of its own with a bounded heap, wrapped anew for
 * many members, read by many. What takes long to make is made once and kept in the directory.
 */
@Command(
    name = "safe",
    description = {
      "Measure a large safe: opened cold and warm, wrapped anew for many members, read by many.",
      "The first run makes accounts and items, which takes minutes; later ones reuse them."
    },
    mixinStandardHelpOptions = true)
public final class SafeBench implements Callable<Integer> {
  private static final Pattern PORT = Pattern.compile("https://[^:\\s]+:(\\d+)");
  private static final Pattern FINGERPRINT = Pattern.compile("SHA-256 ([0-9a-f]{64})");

  @Spec private CommandSpec spec;

  @Option(names = "--items", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
  private int items;

  @Option(names = "--members", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}.")
  private int members;

  @Option(names = "--readers", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
  private int readers;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Of reading (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Of opening and of wrapping (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--prepare", description = "Make accounts and items, measure nothing.")
  private boolean prepare;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--directory",
      description = "For data that is reused (default: load-tests/target/bench-safe).")
  private @Nullable Path directory;

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("zamok.home", ".")).toAbsolutePath();
    Path work =
        directory == null
            ? home.resolve("load-tests").resolve("target").resolve("bench-safe")
            : directory;
    make(work);
    Launch launch = Launch.fromHome(home, new Pinning(), work);
    try (Child server = serve(launch, work)) {
      URI uri = URI.create("https://localhost:" + server.await(PORT));
      Place place = new Place(uri, server.await(FINGERPRINT), work);
      Stage stage = Stage.load(place, new Stage.Size(items, members), this::note);
      if (prepare) {
        return 0;
      }
      ObjectNode result = new ObjectMapper().createObjectNode();
      result.put("items", items).put("members", members).put("readers", readers);
      Openings.measure(stage, rounds, result, this::note);
      Rewraps.measure(stage, rounds, result, this::note);
      int failed = Readers.measure(stage, readers, seconds, result, this::note);
      print(result);
      return failed == 0 ? 0 : 1;
    }
  }

  private static Child serve(Launch launch, Path work) {
    List<String> command = new java.util.ArrayList<>(launch.zamok());
    command.addAll(
        List.of(
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            work.resolve("data").toString(),
            "--keys",
            work.resolve("keys").toString()));
    return Child.start(command, Map.of(), work.resolve("server.log"));
  }

  private void print(ObjectNode result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(result);
    } else {
      result
          .properties()
          .forEach(field -> out.println(field.getKey() + "  " + field.getValue().asText()));
    }
    out.flush();
  }

  private void note(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }

  private static void make(Path work) {
    try {
      Files.createDirectories(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.zamok.load.faults;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/**
 * {@code zamok cluster up} as a child process, and the processes that it started, by the names of
 * their {@code run/<name>.pid}. What ends it starts again.
 */
final class Topology implements AutoCloseable {
  private static final Duration STOP_MAX = Duration.ofMinutes(2);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int REPLICAS = 3;

  private final Path directory;
  private final Zamok.Started up;

  /**
   * Starts it and waits until all of it is ready.
   *
   * @param restartAfter from the end of a process to its next start
   */
  Topology(Path directory, boolean small, Duration restartAfter) {
    this.directory = directory;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "cluster",
                "up",
                "--port",
                "0",
                "--directory",
                directory.toString(),
                "--restart-after",
                Long.toString(restartAfter.toMillis())));
    if (small) {
      arguments.add("--small");
    }
    // Its children run with the same options: six of them compile at once on few processors.
    List<String> options = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    up = Zamok.start("cluster", directory, options, arguments);
    awaitWhole();
  }

  List<URI> servers() {
    return Stream.of(up.ready().split(" "))
        .map(URI::create)
        .map(uri -> URI.create("https://127.0.0.1:" + uri.getPort()))
        .toList();
  }

  String fingerprint() {
    return up.fingerprint();
  }

  /** All processes, or those of one kind such as {@code hub}. */
  List<String> names(String kind) {
    try (Stream<Path> files = Files.list(directory.resolve("run"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith(kind) && file.endsWith(".pid"))
          .map(file -> file.substring(0, file.length() - ".pid".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid(String name) {
    try {
      return Long.parseLong(Files.readString(directory.resolve("run/" + name + ".pid")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isAlive(String name) {
    return ProcessHandle.of(pid(name)).map(ProcessHandle::isAlive).orElse(false);
  }

  void signal(String signal, List<String> names) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    names.forEach(name -> command.add(Long.toString(pid(name))));
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("cannot send SIG" + signal + " to " + names);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Map<String, Long> pids(List<String> names) {
    Map<String, Long> pids = new HashMap<>();
    names.forEach(name -> pids.put(name, pid(name)));
    return pids;
  }

  /** Until each of these processes has a successor, and all is whole. */
  void awaitSuccessors(Map<String, Long> pids) {
    await(
        "the successors of " + pids.keySet(),
        () -> pids.entrySet().stream().allMatch(e -> pid(e.getKey()) != e.getValue()));
    awaitWhole();
  }

  /** Until every process is there and Redis has one primary that all replicas follow. */
  void awaitWhole() {
    await(
        "a whole topology",
        () ->
            names("").stream().allMatch(this::isAlive)
                && names("redis-").stream().filter(this::isPrimary).count() == 1
                && followers(primary()) == REPLICAS);
  }

  /** Which Redis server is the primary; the first when there is none. */
  String primary() {
    List<String> all = names("redis-");
    return all.stream().filter(this::isPrimary).findFirst().orElse(all.get(0));
  }

  List<String> replicas() {
    String primary = primary();
    return names("redis-").stream().filter(name -> !name.equals(primary)).toList();
  }

  private boolean isPrimary(String name) {
    return replication(name).contains("role:master");
  }

  private int followers(String name) {
    return (int)
        replication(name)
            .lines()
            .filter(line -> line.matches("slave\\d+:.*state=online.*"))
            .count();
  }

  /** Until the sentinels have promoted somebody. */
  String awaitPrimaryOtherThan(String name) {
    await(
        "another primary than " + name,
        () -> names("redis-").stream().anyMatch(one -> !one.equals(name) && isPrimary(one)));
    return names("redis-").stream()
        .filter(one -> !one.equals(name) && isPrimary(one))
        .findFirst()
        .orElseThrow();
  }

  /** What a Redis server wrote; it must not run. */
  void deleteData(String name) {
    Path data = directory.resolve(name).resolve("appendonlydir");
    await("the end of " + name, () -> !isAlive(name));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command to every Redis server that answers. */
  void tellRedis(String... words) {
    names("redis-").forEach(name -> ask(name, words));
  }

  private String replication(String name) {
    return ask(name, "INFO", "replication");
  }

  /** Empty when it does not answer. */
  private String ask(String name, String... words) {
    Path file = directory.resolve(name).resolve(name + ".conf");
    try {
      int port =
          Files.readString(file, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith("port "))
              .mapToInt(line -> Integer.parseInt(line.substring(5).strip()))
              .findFirst()
              .orElseThrow();
      try (RespClient redis =
          new RespClient(HostPort.loopback(port), SocketFactory.getDefault(), ANSWER_MAX)) {
        return redis.text(words);
      }
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > Scale.RECOVERY_MAX.toNanos()) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Ends all, also what {@code cluster up} did not get to end. */
  @Override
  public void close() {
    List<Long> all = new ArrayList<>(pids(names("")).values());
    up.process().stop(STOP_MAX);
    all.forEach(
        pid ->
            ProcessHandle.of(pid)
                .filter(process -> process.info().command().isPresent())
                .ifPresent(ProcessHandle::destroyForcibly));
  }
}

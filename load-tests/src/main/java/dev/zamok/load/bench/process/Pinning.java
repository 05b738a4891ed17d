package dev.zamok.load.bench.process;

import java.io.IOException;
import java.util.List;

/** Which processor a process runs on: servers on the first, the generator on the last. */
public final class Pinning {
  private final boolean possible;
  private final int last = Runtime.getRuntime().availableProcessors() - 1;

  /** Only with {@code taskset}, and where the first processor and the last are ours to use. */
  public Pinning() {
    possible = last > 0 && isOurs(0) && isOurs(last);
  }

  private static boolean isOurs(int processor) {
    return run(List.of("taskset", "-c", Integer.toString(processor), "true"));
  }

  public boolean isPossible() {
    return possible;
  }

  /** To be put before a server's command. */
  public List<String> server() {
    return possible ? List.of("taskset", "-c", "0") : List.of();
  }

  /** All threads of this process, and those to come. */
  public void pinGenerator() {
    if (possible) {
      run(
          List.of(
              "taskset",
              "-a",
              "-p",
              "-c",
              Integer.toString(last),
              Long.toString(ProcessHandle.current().pid())));
    }
  }

  private static boolean run(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package dev.zamok.load.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a measurement needs of this machine. Blocks. */
public final class Machine {
  /** Files of a process beside its connections. */
  private static final int OTHER_FILES = 300;

  private static final String FILES = "Max open files";

  private Machine() {}

  /**
   * What is missing, in words; empty when nothing is.
   *
   * @param connections that a process has at once
   * @param jdk whether heaps of servers are looked into
   */
  public static List<String> unmet(int connections, boolean jdk) {
    List<String> unmet = new ArrayList<>();
    String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    if (!system.equals("Linux on amd64")) {
      unmet.add("Linux on x86-64 is needed, this is " + system);
      return unmet;
    }
    if (jdk && !Files.isExecutable(Heap.jcmd())) {
      unmet.add("a JDK is needed, not a JRE: there is no " + Heap.jcmd());
    }
    long files = filesMax(limits());
    if (connections + OTHER_FILES > files) {
      unmet.add(
          "for "
              + connections
              + " connections a process needs "
              + (connections + OTHER_FILES)
              + " open files, and may have "
              + files
              + ": ulimit -n "
              + (connections + OTHER_FILES)
              + ", or fewer --connections");
    }
    return unmet;
  }

  private static String limits() {
    try {
      return Files.readString(Path.of("/proc/self/limits"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Out of {@code /proc/PID/limits}: a Java process has raised its soft limit to the hard one. */
  static long filesMax(String limits) {
    String value =
        limits
            .lines()
            .filter(line -> line.startsWith(FILES))
            .map(line -> line.substring(FILES.length()).strip().split(" +", -1)[0])
            .findFirst()
            .orElse("unlimited");
    return value.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(value);
  }
}

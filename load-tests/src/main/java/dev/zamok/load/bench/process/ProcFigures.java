package dev.zamok.load.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of a process: {@code proc(5)}.
 *
 * @param cpuNanos user and system time of all its threads so far, in steps of a clock tick (10 ms)
 * @param rssBytes resident memory now
 */
public record ProcFigures(long cpuNanos, long rssBytes) {
  private static final int TICKS_PER_SECOND = 100;
  private static final int USER_TIME_FIELD = 14;
  private static final int SYSTEM_TIME_FIELD = 15;

  public static ProcFigures of(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    return of(read(directory.resolve("stat")), read(directory.resolve("status")));
  }

  static ProcFigures of(String stat, String status) {
    // the second field is the command in brackets, and may hold anything
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks =
        Long.parseLong(fields[USER_TIME_FIELD - 3]) + Long.parseLong(fields[SYSTEM_TIME_FIELD - 3]);
    return new ProcFigures(
        ticks * (1_000_000_000L / TICKS_PER_SECOND), kilobytes(status, "VmRSS:") * 1_024);
  }

  /** Memory that the kernel holds for sockets and other objects, of the whole machine, in bytes. */
  public static long kernelBytes() {
    String sockets = read(Path.of("/proc/net/sockstat"));
    long pages =
        sockets
            .lines()
            .filter(line -> line.startsWith("TCP:"))
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    return pages * 4_096 + kilobytes(read(Path.of("/proc/meminfo")), "Slab:") * 1_024;
  }

  private static long kilobytes(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

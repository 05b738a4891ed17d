package dev.zamok.load.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code jcmd} does and tells of the heap of another Java on this machine. Blocks. */
public final class Heap {
  private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

  private Heap() {}

  /** Two full collections: what the first makes unreachable, the second takes. */
  public static void collect(long pid) {
    jcmd(pid, "GC.run");
    jcmd(pid, "GC.run");
  }

  /** Bytes in use on the heap; after {@link #collect}, those of what is alive. */
  public static long usedBytes(long pid) {
    Matcher used = USED.matcher(heapOnly(jcmd(pid, "GC.heap_info")));
    long kilobytes = 0;
    while (used.find()) {
      kilobytes += Long.parseLong(used.group(1));
    }
    return kilobytes * 1_024;
  }

  /** Classes have lines of their own below. */
  private static String heapOnly(String info) {
    int classes = info.indexOf("Metaspace");
    return classes < 0 ? info : info.substring(0, classes);
  }

  static Path jcmd() {
    return Path.of(System.getProperty("java.home"), "bin", "jcmd");
  }

  private static String jcmd(long pid, String command) {
    try {
      Process process =
          new ProcessBuilder(jcmd().toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("jcmd failed: a JDK is needed, not a JRE");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

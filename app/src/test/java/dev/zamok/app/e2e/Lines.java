package dev.zamok.app.e2e;

import java.io.Writer;
import java.util.concurrent.TimeUnit;

/** Text as it is written, for a test that waits for a line. */
final class Lines extends Writer {
  private final StringBuilder text = new StringBuilder();

  /** The first whole line that contains {@code part}. */
  synchronized String await(String part) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Heard.SECONDS_MAX);
    while (true) {
      int end = text.lastIndexOf("\n");
      var found =
          text.substring(0, end + 1).lines().filter(line -> line.contains(part)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("never a line with " + part + " in " + text);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** All of it until now. */
  synchronized String all() {
    return text.toString();
  }

  @Override
  public synchronized void write(char[] buffer, int offset, int length) {
    text.append(buffer, offset, length);
    notifyAll();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

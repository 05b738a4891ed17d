package dev.zamok.app.chat.screen;

import org.jspecify.annotations.Nullable;

/**
 * Where a person reads and types. Text must be harmless already, see {@code Visible}. Printing is
 * safe from any thread; only one thread reads.
 */
public interface Screen extends AutoCloseable {
  void print(String text);

  /** Printed so that it cannot be overlooked. */
  void warn(String text);

  /** Blocks until a line was typed; null when there are no more. */
  @Nullable String read(String prompt);

  @Override
  void close();
}

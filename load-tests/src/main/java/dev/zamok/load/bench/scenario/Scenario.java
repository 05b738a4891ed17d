package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;

/** One measurement. Blocks. */
public interface Scenario {
  Result run(Bench bench);

  /** Connections that one process has at once. */
  int connections();

  /** Whether it looks into the heaps of servers, for which a JDK is needed. */
  default boolean needsJdk() {
    return false;
  }
}

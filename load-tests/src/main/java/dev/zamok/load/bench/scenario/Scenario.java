package dev.zamok.load.bench.scenario;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;

/** One measurement. Blocks. */
public interface Scenario {
  Result run(Bench bench);
}

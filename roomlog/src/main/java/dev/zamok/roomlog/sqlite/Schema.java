package dev.zamok.roomlog.sqlite;

import java.util.List;

/**
 * The tables of one component.
 *
 * @param component its name; each component has its own version
 * @param steps the statements that lead from version i to i + 1. Append steps, never change one
 *     that was released
 */
public record Schema(String component, List<List<String>> steps) {
  public Schema {
    if (component.isEmpty()) {
      throw new IllegalArgumentException("a component needs a name");
    }
    steps = steps.stream().map(List::copyOf).toList();
  }

  /** As released now. */
  public int version() {
    return steps.size();
  }
}

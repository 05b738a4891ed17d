package dev.zamok.crypto.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects the cases of one construct while they are generated. */
final class VectorSet {
  private final Function<Fields, Fields> compute;
  final List<Fields> cases = new ArrayList<>();
  final List<Fields> failures = new ArrayList<>();

  VectorSet(Function<Fields, Fields> compute) {
    this.compute = compute;
  }

  /** Adds a case, and yields its inputs and expected values together. */
  Fields ok(String name, Fields inputs) {
    Fields expected = compute.apply(inputs);
    cases.add(new Fields().put("name", name).put("inputs", inputs).put("expected", expected));
    return inputs.with(expected);
  }

  /**
   * Adds something that must be refused.
   *
   * @param failure {@code crypto}, {@code malformed}, or {@code chain:} and a fault
   */
  void fails(String name, String failure, Fields given) {
    failures.add(new Fields().put("name", name).put("failure", failure).put("given", given));
  }

  /** As {@link #fails}, of a case with one field replaced. */
  void fails(String name, String failure, Fields base, Fields changed) {
    fails(name, failure, base.with(changed));
  }
}

package dev.zamok.load.faults;

import dev.zamok.load.audit.Damage;

/**
 * Something that goes wrong, and what ends it.
 *
 * @param inject does it; must not wait for it to be over
 * @param heal ends it, if it does not end by itself
 * @param settle waits until the topology is whole again, so that the next fault meets what the
 *     design counts on
 */
record Fault(String name, Damage damage, Runnable inject, Runnable heal, Runnable settle) {
  /** Both at once, the second on top of the first. */
  static Fault pair(Fault one, Fault other) {
    return new Fault(
        one.name + " + " + other.name,
        one.damage.compareTo(other.damage) < 0 ? one.damage : other.damage,
        both(one.inject, other.inject),
        both(one.heal, other.heal),
        both(one.settle, other.settle));
  }

  Fault called(String other) {
    return new Fault(other, damage, inject, heal, settle);
  }

  private static Runnable both(Runnable one, Runnable other) {
    return () -> {
      one.run();
      other.run();
    };
  }
}

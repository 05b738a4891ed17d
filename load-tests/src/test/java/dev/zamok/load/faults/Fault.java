package dev.zamok.load.faults;

import dev.zamok.load.audit.Damage;

/**
 * Something that goes wrong, and what ends it.
 *
 * @param meanwhile what is done while it lasts
 * @param inject does it; must not wait for it to be over
 * @param heal ends it, if it does not end by itself
 * @param settle waits until the topology is whole again, so that the next fault meets what the
 *     design counts on
 */
record Fault(
    String name, Damage damage, Change meanwhile, Runnable inject, Runnable heal, Runnable settle) {
  Fault(String name, Damage damage, Runnable inject, Runnable heal, Runnable settle) {
    this(name, damage, Change.ANY, inject, heal, settle);
  }

  /** What does all by itself, and is over with it. */
  static Fault of(String name, Runnable inject) {
    return new Fault(name, Damage.PROCESSES, Change.NONE, inject, () -> {}, () -> {});
  }

  /** Both at once, the second on top of the first. */
  static Fault pair(Fault one, Fault other) {
    return new Fault(
        one.name + " + " + other.name,
        one.damage.compareTo(other.damage) < 0 ? one.damage : other.damage,
        one.meanwhile,
        both(one.inject, other.inject),
        both(one.heal, other.heal),
        both(one.settle, other.settle));
  }

  Fault called(String other) {
    return new Fault(other, damage, meanwhile, inject, heal, settle);
  }

  Fault during(Change change) {
    return new Fault(name, damage, change, inject, heal, settle);
  }

  private static Runnable both(Runnable one, Runnable other) {
    return () -> {
      one.run();
      other.run();
    };
  }
}

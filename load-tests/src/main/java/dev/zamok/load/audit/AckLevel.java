package dev.zamok.load.audit;

import java.util.Set;

/** When a message counts as taken, and which damage it survives then (design §6, the table). */
public enum AckLevel {
  /** {@code replicas: 2} of 3. */
  TWO_REPLICAS(Damage.PROCESSES),
  /** {@code replicas: all}. */
  ALL_REPLICAS(Damage.OTHER_REPLICA_PROMOTED),
  /** {@code stored}. */
  STORED(Damage.LOG_LOST),
  /** The one-node log: survives {@code kill -9}. */
  LOCAL(Damage.PROCESSES);

  private final Damage worst;

  /**
   * @param worst that it survives, with all that is less bad
   */
  AckLevel(Damage worst) {
    this.worst = worst;
  }

  /**
   * Whether nothing that was acknowledged may be lost. If not, losses are counted, but everybody
   * who was shown a lost message must have been told.
   */
  public boolean survives(Set<Damage> damage) {
    return damage.stream().allMatch(one -> one.compareTo(worst) >= 0);
  }
}

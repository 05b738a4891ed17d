package dev.zamok.load.audit;

/**
 * How much a run did.
 *
 * @param doubled repetitions that the hub sent and the clients dropped: allowed under faults alone
 * @param skipped entries that the hub left out untold and the clients noticed: allowed under faults
 *     alone
 * @param withdrawn messages that were taken back
 */
public record Counts(
    int sent,
    int acknowledged,
    int refused,
    int unknown,
    int lost,
    int delivered,
    int doubled,
    int skipped,
    int gapsTold,
    int withdrawn) {

  /** Adds up while the checks run. */
  static final class Collector {
    int sent;
    int acknowledged;
    int refused;
    int unknown;
    int lost;
    int delivered;
    int doubled;
    int skipped;
    int gapsTold;
    int withdrawn;

    Counts counts() {
      return new Counts(
          sent,
          acknowledged,
          refused,
          unknown,
          lost,
          delivered,
          doubled,
          skipped,
          gapsTold,
          withdrawn);
    }
  }
}

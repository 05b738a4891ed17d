package dev.zamok.load.bench.cluster;

/**
 * Processor time of the servers, in nanoseconds; of the replicas, all three together.
 *
 * @param speaking the hub that is spoken to
 * @param listening the hub that is listened to
 */
record Costs(long speaking, long listening, long primary, long replicas) {
  Costs minus(Costs before) {
    return new Costs(
        speaking - before.speaking,
        listening - before.listening,
        primary - before.primary,
        replicas - before.replicas);
  }

  Costs plus(Costs other) {
    return new Costs(
        speaking + other.speaking,
        listening + other.listening,
        primary + other.primary,
        replicas + other.replicas);
  }
}

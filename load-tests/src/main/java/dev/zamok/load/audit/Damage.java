package dev.zamok.load.audit;

/** What a run did to the room log and the store, worst first; other faults lose nothing ever. */
public enum Damage {
  /** Every Redis process lost its data at once. */
  LOG_LOST,
  /** A primary came back without its data. */
  PRIMARY_EMPTIED,
  /** A replica outside the acknowledging set was promoted. */
  OTHER_REPLICA_PROMOTED,
  /** Processes were killed, stopped or cut off, and came back with their files. */
  PROCESSES
}

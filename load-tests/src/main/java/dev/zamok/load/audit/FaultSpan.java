package dev.zamok.load.audit;

/** A fault of a run, from its injection until all was quiet again; monotonic nanoseconds. */
public record FaultSpan(String name, long fromNanos, long toNanos) {}

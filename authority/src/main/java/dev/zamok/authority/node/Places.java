package dev.zamok.authority.node;

import dev.zamok.authority.http.Request;
import java.util.OptionalInt;

/** Tells which requests belong to the holder of one lease. */
@FunctionalInterface
interface Places {
  /** Empty where any authority will do. Fails as the operation would for what is malformed. */
  OptionalInt partition(String operationId, Request request);
}

package dev.zamok.authority.rights;

import io.vertx.core.Future;

/** Tells whether a session that was valid when its request came still is. */
@FunctionalInterface
public interface Liveness {
  /** False from the moment when its end began, and for one that is gone. */
  Future<Boolean> isLive(Principal who);
}

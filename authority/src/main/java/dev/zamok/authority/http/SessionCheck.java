package dev.zamok.authority.http;

import dev.zamok.authority.rights.Principal;
import io.vertx.core.Future;

/** Tells whose a session token is. */
@FunctionalInterface
public interface SessionCheck {
  /** Fails with {@link Problem#UNAUTHENTICATED} for every token that is not valid now. */
  Future<Principal> authenticate(String token);
}

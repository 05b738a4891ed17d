package dev.zamok.authority.http;

import io.vertx.core.Future;

/**
 * What an operation of the contract does. Called on the event loop of the authority; must not
 * block.
 *
 * <p>Fails with {@link Refusal}, {@link dev.zamok.protocol.Unavailable}, {@link
 * dev.zamok.protocol.Rejection} or {@link dev.zamok.protocol.MalformedException} (an identifier
 * that is not one); anything else is a bug and answered as {@link Problem#INTERNAL}.
 */
@FunctionalInterface
public interface Operation {
  Future<Answer> run(Request request);
}

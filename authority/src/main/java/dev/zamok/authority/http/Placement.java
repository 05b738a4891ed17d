package dev.zamok.authority.http;

import io.vertx.core.Future;

/** Decides where a request that passed all checks is carried out. */
@FunctionalInterface
public interface Placement {
  /** Everything here. */
  Placement HERE = (operationId, request, operation) -> operation.run(request);

  Future<Answer> run(String operationId, Request request, Operation operation);
}

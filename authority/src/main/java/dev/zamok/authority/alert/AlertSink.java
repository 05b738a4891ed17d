package dev.zamok.authority.alert;

import io.vertx.core.Future;

/** A way to reach people. */
public interface AlertSink {
  /** For the log; no secret. */
  String name();

  /** Fails when it was not taken; it is then tried again a few times. */
  Future<Void> send(Alert alert);

  Future<Void> close();
}

package dev.zamok.app.server;

import io.vertx.core.Future;

/** A server that takes requests. */
interface Server {
  /** What the administrator should know now; several lines. */
  String ready();

  /** Lets connections go, commits, closes. */
  Future<Void> stop();
}

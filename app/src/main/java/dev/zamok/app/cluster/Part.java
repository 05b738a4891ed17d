package dev.zamok.app.cluster;

/** One process of the cluster, which can be started again and again. */
interface Part {
  String name();

  /**
   * Starts it and waits until it answers. Fails with {@link IllegalStateException} that tells what
   * it printed.
   */
  Running start();

  /** A started one. */
  interface Running {
    long pid();

    boolean isAlive();

    /** Ends it in good order, and by force when that takes too long. */
    void stop();
  }
}

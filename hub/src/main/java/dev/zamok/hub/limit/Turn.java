package dev.zamok.hub.limit;

/** Runs something once the work now at hand on this event loop is done. */
public interface Turn {
  void atEnd(Runnable task);
}

package dev.zamok.load.faults.tap;

/** Lets through or holds. Thread-safe. */
final class Valve {
  private boolean closed;

  synchronized void close() {
    closed = true;
  }

  synchronized void open() {
    closed = false;
    notifyAll();
  }

  /** Returns at once while it is open. */
  synchronized void pass() throws InterruptedException {
    while (closed) {
      wait();
    }
  }
}

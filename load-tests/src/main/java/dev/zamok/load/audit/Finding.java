package dev.zamok.load.audit;

/** One broken promise, in words. */
public record Finding(Flaw flaw, String what) {
  @Override
  public String toString() {
    return flaw + ": " + what;
  }
}

package dev.zamok.load.faults;

import dev.zamok.load.faults.tap.Frame;
import dev.zamok.load.faults.tap.Script;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Swallows the first push of a room's entry or signal; counts what it swallowed. */
final class Push implements Script {
  private final AtomicInteger swallowed = new AtomicInteger();

  @Override
  public Optional<Frame> push(Frame push) {
    boolean ofRoom = push.word(0).equals("smessage") && push.word(1).contains("}:c:");
    return ofRoom && swallowed.compareAndSet(0, 1) ? Optional.empty() : Optional.of(push);
  }

  int swallowed() {
    return swallowed.get();
  }
}

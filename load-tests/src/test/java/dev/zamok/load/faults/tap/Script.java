package dev.zamok.load.faults.tap;

import java.util.Optional;

/**
 * What becomes of each frame. Called by the threads of all connections at once, of one connection
 * and direction by one at a time; what it does meanwhile holds what comes behind it.
 */
public interface Script {
  /** Everything goes through. */
  Script NOTHING = new Script() {};

  /**
   * What goes to the server: the same, another, or nothing.
   *
   * @param before what came last on the same connection; without words when there was nothing
   */
  default Optional<Frame> request(Frame before, Frame request) {
    return Optional.of(request);
  }

  /**
   * What goes to the client.
   *
   * @param request that it answers
   */
  default Optional<Frame> answer(Frame request, Frame answer) {
    return Optional.of(answer);
  }

  /** What goes to the client without having been asked for. */
  default Optional<Frame> push(Frame push) {
    return Optional.of(push);
  }
}

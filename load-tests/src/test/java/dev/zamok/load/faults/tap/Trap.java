package dev.zamok.load.faults.tap;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Does something at one exact frame, which goes no further, and nothing does after it: what was
 * before it is all that the server, or the client, ever gets. Springs once.
 */
public final class Trap implements Script {
  private final Moment moment;
  private final Set set;
  private final Runnable then;
  private volatile boolean sprung;

  /**
   * A frame to wait for.
   *
   * @param request given what came before it on its connection, and it
   * @param answer given the request that is answered
   */
  public record Moment(BiPredicate<Frame, Frame> request, Predicate<Frame> answer) {
    /** At a request like this, before the server gets it. */
    public static Moment request(Predicate<Frame> like) {
      return new Moment((before, asked) -> like.test(asked), asked -> false);
    }

    /** At a {@code WAIT} behind a request like this, which the server has by then. */
    public static Moment waitAfter(Predicate<Frame> like) {
      return new Moment(
          (before, asked) -> asked.command().equals("WAIT") && like.test(before), asked -> false);
    }

    /** At the answer to a request like this, before the client gets it. */
    public static Moment answerTo(Predicate<Frame> like) {
      return new Moment((before, asked) -> false, like);
    }
  }

  /** Traps of which one springs: the first whose moment comes. */
  public static final class Set {
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    /** Whether one has sprung, and what it does is done, within {@code seconds}. */
    public boolean awaitSprung(long seconds) {
      try {
        return done.await(seconds, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * One of {@code set}.
   *
   * @param then what it does, while the frame waits
   */
  public Trap(Moment moment, Set set, Runnable then) {
    this.moment = moment;
    this.set = set;
    this.then = then;
  }

  @Override
  public Optional<Frame> request(Frame before, Frame frame) {
    if (!sprung && moment.request().test(before, frame)) {
      spring();
    }
    return sprung ? Optional.empty() : Optional.of(frame);
  }

  @Override
  public Optional<Frame> answer(Frame asked, Frame frame) {
    if (!sprung && moment.answer().test(asked)) {
      spring();
    }
    return sprung ? Optional.empty() : Optional.of(frame);
  }

  @Override
  public Optional<Frame> push(Frame frame) {
    return sprung ? Optional.empty() : Optional.of(frame);
  }

  private void spring() {
    if (set.taken.compareAndSet(false, true)) {
      sprung = true;
      then.run();
      set.done.countDown();
    }
  }
}

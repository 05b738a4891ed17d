package dev.zamok.authority.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OneByOneTest {
  private static final int MANY = 100_000;

  @Test
  void manyStepsThatAreDoneAtOnceDoNotEndOnTheStack() {
    AtomicInteger steps = new AtomicInteger();
    Future<Void> all =
        OneByOne.whileTrue(() -> Future.succeededFuture(steps.incrementAndGet() < MANY));
    assertThat(all.succeeded()).isTrue();
    assertThat(steps).hasValue(MANY);
  }

  @Test
  void manyStepsThatAreDoneLaterDoNotEndOnTheStack() {
    AtomicInteger steps = new AtomicInteger();
    Deque<Promise<Boolean>> open = new ArrayDeque<>();
    Future<Void> all =
        OneByOne.whileTrue(
            () -> {
              Promise<Boolean> step = Promise.promise();
              open.add(step);
              return step.future();
            });
    while (!open.isEmpty()) {
      assertThat(open).hasSize(1);
      open.remove().complete(steps.incrementAndGet() < MANY);
    }
    assertThat(all.succeeded()).isTrue();
    assertThat(steps).hasValue(MANY);
  }

  @Test
  void theFirstFailureEndsIt() {
    AtomicInteger steps = new AtomicInteger();
    Future<Void> all =
        OneByOne.whileTrue(
            () ->
                steps.incrementAndGet() < 3
                    ? Future.succeededFuture(true)
                    : Future.failedFuture("broken"));
    assertThat(all.cause()).hasMessage("broken");
    assertThat(steps).hasValue(3);
  }
}

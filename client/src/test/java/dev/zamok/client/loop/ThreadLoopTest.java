package dev.zamok.client.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadLoopTest {
  private final ThreadLoop loop = new ThreadLoop("the-loop", Clock.systemUTC());

  @AfterEach
  void stop() {
    loop.close();
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void theLoopGoesOnWhileSomethingIsComputedAside() {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<String> slow =
        loop.aside(
            () -> {
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return Thread.currentThread().getName();
            });
    CompletableFuture<String> meanwhile = new CompletableFuture<>();
    loop.execute(() -> meanwhile.complete(Thread.currentThread().getName()));
    assertThat(get(meanwhile)).isEqualTo("the-loop");
    assertThat(slow).isNotDone();
    goOn.countDown();
    assertThat(get(slow)).startsWith("the-loop-work-");
  }

  @Test
  void whatIsComputedAsideCompletesOnTheLoop() {
    CompletableFuture<String> completed = new CompletableFuture<>();
    // Asked for on the loop: nothing completes before the next stage is there.
    loop.execute(
        () ->
            Futures.relay(
                loop.aside(() -> 1).thenApply(one -> Thread.currentThread().getName()), completed));
    assertThat(get(completed)).isEqualTo("the-loop");
  }

  @Test
  void manyKeepTheirOrderAndFailAsOneOfThemDoes() {
    List<Integer> many = IntStream.range(0, 1_234).boxed().toList();
    assertThat(get(Futures.aside(loop, many, one -> 2 * one)))
        .isEqualTo(many.stream().map(one -> 2 * one).toList());
    assertThat(get(Futures.aside(loop, List.<Integer>of(), one -> one))).isEmpty();
    CompletableFuture<List<Integer>> failing =
        Futures.aside(
            loop,
            many,
            one -> {
              if (one == 1_000) {
                throw new IllegalArgumentException("that one");
              }
              return one;
            });
    assertThatThrownBy(() -> get(failing)).hasMessageContaining("that one");
  }
}

package dev.zamok.client.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FuturesTest {
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  private CompletableFuture<List<String>> three(int most) {
    return Futures.several(
        List.of(1, 2, 3),
        most,
        one -> {
          CompletableFuture<String> step = new CompletableFuture<>();
          begun.add(step);
          return step;
        });
  }

  @Test
  void severalAreUnderWayAndTheResultsKeepTheirOrder() {
    CompletableFuture<List<String>> all = three(2);
    assertThat(begun).hasSize(2);
    begun.get(1).complete("second");
    assertThat(begun).hasSize(3);
    begun.get(2).complete("third");
    assertThat(all).isNotDone();
    begun.get(0).complete("first");
    assertThat(all).isCompletedWithValue(List.of("first", "second", "third"));
  }

  @Test
  void afterAFailureNothingMoreBegins() {
    CompletableFuture<List<String>> all = three(2);
    begun.get(0).completeExceptionally(new IllegalStateException("no"));
    begun.get(1).complete("second");
    assertThat(begun).hasSize(2);
    assertThat(all).isCompletedExceptionally();
  }

  @Test
  void thousandsThatAreDoneAtOnceDoNotFillTheStack() {
    List<Integer> many = IntStream.range(0, 10_000).boxed().toList();
    assertThat(Futures.several(many, 2, CompletableFuture::completedFuture))
        .isCompletedWithValue(many);
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<List<Integer>> all =
        Futures.several(many, 1, one -> one == 0 ? first : CompletableFuture.completedFuture(one));
    assertThat(all).isNotDone();
    first.complete(0);
    assertThat(all).isCompletedWithValue(many);
  }

  @Test
  void afterAFailureAtOnceNothingMoreBegins() {
    List<Integer> taken = new ArrayList<>();
    CompletableFuture<List<Integer>> all =
        Futures.several(
            List.of(1, 2, 3),
            1,
            one -> {
              taken.add(one);
              return one == 2
                  ? CompletableFuture.failedFuture(new IllegalStateException("no"))
                  : CompletableFuture.completedFuture(one);
            });
    assertThat(all).isCompletedExceptionally();
    assertThat(taken).containsExactly(1, 2);
  }

  @Test
  void ofNothingNothingComes() {
    assertThat(Futures.several(List.<Integer>of(), 2, one -> new CompletableFuture<String>()))
        .isCompletedWithValue(List.of());
  }
}

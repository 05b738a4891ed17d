package dev.zamok.app.safe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Somebody asks, and does not always wait for the answer. */
class OutstandingTest {
  private final List<CompletableFuture<String>> asked = new ArrayList<>();
  private final Outstanding<String> question =
      new Outstanding<>(
          () -> {
            CompletableFuture<String> one = new CompletableFuture<>();
            asked.add(one);
            return one;
          });

  private static String givesUp(CompletableFuture<String> unused) {
    throw new UserError("no answer");
  }

  private String answered(String answer) {
    return question.answer(
        one -> {
          one.complete(answer);
          return one.join();
        });
  }

  @Test
  void anAnswerThatNobodyWaitedForIsTheNextOne() {
    assertThatThrownBy(() -> question.answer(OutstandingTest::givesUp))
        .isInstanceOf(UserError.class);
    asked.get(0).complete("late");
    assertThat(question.answer(CompletableFuture::join)).isEqualTo("late");
    assertThat(asked).hasSize(1);
    assertThat(answered("next")).isEqualTo("next");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aQuestionThatFailedIsAskedAgain() {
    assertThatThrownBy(
            () ->
                question.answer(
                    one -> {
                      one.completeExceptionally(new IllegalStateException("away"));
                      throw new UserError("away");
                    }))
        .isInstanceOf(UserError.class);
    assertThat(answered("there")).isEqualTo("there");
    assertThat(asked).hasSize(2);
  }
}

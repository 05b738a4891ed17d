package dev.zamok.load.bench.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger(2);

  @Test
  void everythingInOrderIsNeitherLostNorDoubled() {
    for (long number = 0; number < 5; number++) {
      assertThat(ledger.take(0, number)).isTrue();
      assertThat(ledger.take(1, number)).isTrue();
    }
    ledger.close(0, 5);
    ledger.close(1, 5);
    assertThat(ledger.delivered()).isEqualTo(10);
    assertThat(ledger.lost()).isZero();
    assertThat(ledger.doubled()).isZero();
  }

  @Test
  void aMessageThatIsLeftOutIsLost() {
    ledger.take(0, 0);
    ledger.take(0, 2);
    ledger.close(0, 3);
    assertThat(ledger.lost()).isOne();
    assertThat(ledger.doubled()).isZero();
  }

  @Test
  void theLastMessageIsMissedTooWhenItDoesNotCome() {
    ledger.take(0, 0);
    ledger.close(0, 3);
    ledger.close(1, 3);
    assertThat(ledger.lost()).isEqualTo(5);
  }

  @Test
  void aMessageThatComesTwiceIsDoubledAndCountedOnce() {
    ledger.take(0, 0);
    assertThat(ledger.take(0, 0)).isFalse();
    ledger.take(0, 1);
    assertThat(ledger.take(0, 0)).isFalse();
    assertThat(ledger.delivered()).isEqualTo(2);
    assertThat(ledger.doubled()).isEqualTo(2);
  }

  @Test
  void aMessageOutOfOrderIsSeenAsBoth() {
    ledger.take(0, 1);
    ledger.take(0, 0);
    assertThat(ledger.lost()).isOne();
    assertThat(ledger.doubled()).isOne();
  }

  @Test
  void moreThanWasSentIsAnErrorOfTheBenchmark() {
    ledger.take(0, 0);
    assertThatIllegalStateException().isThrownBy(() -> ledger.close(0, 0));
  }

  @Test
  void lookingTwiceAtTheEndCountsOnce() {
    ledger.close(0, 2);
    ledger.close(0, 2);
    assertThat(ledger.lost()).isEqualTo(2);
  }
}

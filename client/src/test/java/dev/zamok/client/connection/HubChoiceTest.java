package dev.zamok.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.authority.Answers;
import dev.zamok.protocol.ConnectionId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubChoiceTest {
  private static final String A = "wss://a/hub";
  private static final String B = "wss://b/hub";
  private static final String C = "wss://c/hub";

  private final HubChoice choice = new HubChoice();

  private static Answers.Ticket ticket(String... hubs) {
    return new Answers.Ticket("t", 1, List.of(hubs), new ConnectionId(1, 2), List.of());
  }

  @Test
  void anotherHubIsTriedWhenOneFails() {
    Answers.Ticket ticket = ticket(A, B, C);
    assertThat(choice.of(ticket)).isEqualTo(A);
    choice.failed();
    assertThat(choice.of(ticket)).isEqualTo(B);
    choice.opened();
    assertThat(choice.of(ticket)).isEqualTo(B);
    choice.failed();
    assertThat(choice.of(ticket)).isEqualTo(C);
  }

  @Test
  void aNewListIsWantedWhenNoneTakesUs() {
    Answers.Ticket ticket = ticket(A, B, C);
    for (int i = 0; i < 2; i++) {
      choice.of(ticket);
      choice.failed();
      assertThat(choice.takeExhausted()).isFalse();
    }
    choice.of(ticket);
    choice.failed();
    assertThat(choice.takeExhausted()).isTrue();
    assertThat(choice.takeExhausted()).isFalse();
    assertThat(choice.of(ticket(B, A))).isEqualTo(B);
  }

  @Test
  void theOnlyHubOfAServerIsTriedForEver() {
    for (int i = 0; i < 20; i++) {
      assertThat(choice.of(ticket("/hub"))).isEqualTo("/hub");
      choice.failed();
      assertThat(choice.takeExhausted()).isFalse();
    }
  }
}

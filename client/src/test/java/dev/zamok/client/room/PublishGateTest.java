package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.world.VirtualLoop;
import dev.zamok.crypto.chain.Role;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishGateTest {
  private final VirtualLoop loop = new VirtualLoop();
  private final PublishGate gate = new PublishGate(loop);

  @BeforeEach
  void open() {
    gate.live(true);
    gate.keys(true);
    gate.role(Role.WRITER);
    gate.named(1);
    gate.reached(1);
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void aRepeatedRekeyDoesNotStopTheClockAgainstAWithheldOne() {
    gate.named(3);
    gate.reached(1);
    for (int i = 0; i < 4; i++) {
      loop.advance(Duration.ofSeconds(10));
      gate.reached(1);
    }
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.refusal()).isNotNull();
  }

  @Test
  void aStepOnTheWayToWhatTheAuthorityNamedIsNotEnough() {
    gate.named(3);
    gate.reached(1);
    loop.advance(Duration.ofSeconds(29));
    gate.reached(2);
    loop.advance(Duration.ofSeconds(1));
    assertThat(gate.isOpen()).isFalse();
    gate.reached(3);
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void anOlderTicketDoesNotLowerWhatWasNamed() {
    gate.named(3);
    gate.named(1);
    gate.reached(1);
    loop.advance(PublishGate.BEHIND_MAX);
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void afterAnAlarmNoRekeyOpensTheGateAgain() {
    gate.tampered();
    gate.named(2);
    gate.reached(2);
    gate.keys(true);
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void whoseRoleIsUnknownSendsNothing() {
    gate.role(Role.NONE);
    assertThat(gate.isOpen()).isFalse();
    gate.role(Role.READER);
    assertThat(gate.isOpen()).isFalse();
  }
}

package dev.zamok.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.frame.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Numbers that strangers rely on. */
class CodesTest {
  @Test
  @Checks("P-038")
  void errorNumbersAreDistinctAndFoundAgain() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorCode.of(code.number())).isSameAs(code);
      assertThat(new Rejection(code)).hasMessage(code.text());
      assertThat(code.text()).matches("[ -~]{1,123}");
    }
    assertThatThrownBy(() -> ErrorCode.of(0)).hasMessageStartingWith("P-038");
    assertThatThrownBy(() -> ErrorCode.of(-1)).hasMessageStartingWith("P-038");
    assertThatThrownBy(() -> ErrorCode.of(ErrorCode.values().length + 1))
        .hasMessageStartingWith("P-038");
  }

  @Test
  @Checks("P-031")
  void entryKindsAreDistinctAndFoundAgain() {
    for (EntryKind kind : EntryKind.values()) {
      assertThat(EntryKind.of(kind.code())).isSameAs(kind);
    }
    assertThatThrownBy(() -> EntryKind.of(0)).hasMessageStartingWith("P-031");
    assertThatThrownBy(() -> EntryKind.of(8)).hasMessageStartingWith("P-031");
  }

  @Test
  void closeNumbersAreDistinctPrivateAndSayWhetherToReconnect() {
    assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::number)).doesNotHaveDuplicates();
    for (CloseCode code : CloseCode.values()) {
      assertThat(code.number()).isBetween(4_000, 4_999);
      assertThat(code.reconnect()).isEqualTo(code.number() < 4_500);
      assertThat(CloseCode.of(code.number())).contains(code);
      // RFC 6455 §5.5: a control frame holds 125 bytes, two of them the number.
      assertThat(code.text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 123);
      assertThat(code.text()).matches("[ -~]+");
    }
    assertThat(CloseCode.of(4_999)).isEmpty();
  }

  @Test
  void unknownCloseCodesFollowTheRanges() {
    assertThat(CloseCode.reconnect(1_006)).isTrue();
    assertThat(CloseCode.reconnect(4_499)).isTrue();
    assertThat(CloseCode.reconnect(4_500)).isFalse();
    assertThat(CloseCode.reconnect(4_999)).isFalse();
  }

  @Test
  void unavailableSaysWhetherTheOutcomeIsUnknown() {
    assertThat(new Unavailable("log", true).outcomeUnknown()).isTrue();
    assertThat(new Unavailable("log", false, new IllegalStateException()).outcomeUnknown())
        .isFalse();
  }
}

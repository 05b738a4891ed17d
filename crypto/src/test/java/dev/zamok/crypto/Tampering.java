package dev.zamok.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Changes bytes and looks how that fails. */
public final class Tampering {
  private Tampering() {}

  /** {@code bytes} with one bit changed. */
  public static Bytes flip(Bytes bytes, int bit) {
    byte[] copy = bytes.toByteArray();
    copy[bit >> 3] ^= (byte) (1 << (bit & 7));
    return Bytes.wrap(copy);
  }

  /** The one failure with the one message. */
  public static void assertFails(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isExactlyInstanceOf(CryptoFailure.class)
        .hasMessage(CryptoFailure.MESSAGE)
        .hasNoCause();
  }

  /** For public formats, whose shape may be told from their truth. */
  public static void assertFailsOrIsMalformed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasNoCause()
        .satisfiesAnyOf(
            e -> assertThat(e).isExactlyInstanceOf(CryptoFailure.class),
            e -> assertThat(e).isExactlyInstanceOf(MalformedException.class));
  }
}

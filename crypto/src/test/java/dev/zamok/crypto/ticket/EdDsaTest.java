package dev.zamok.crypto.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.ticket.EdDsa;
import dev.zamok.protocol.ticket.SignatureCheck;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What everyone who checks tickets' signatures must take and refuse. */
class EdDsaTest {
  /** RFC 8032 §7.1, test 3. */
  private static final Bytes KEY =
      Bytes.fromHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");

  private static final byte[] MESSAGE = {(byte) 0xaf, (byte) 0x82};
  private static final Bytes SIGNATURE =
      Bytes.fromHex(
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
              + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");

  /** RFC 8032 §5.1. */
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of("the JDK", EdDsa.jdk()), Arguments.of("Bouncy Castle", new FastEdDsa()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void theSignatureOfTheStandardHoldsAndNoOther(String name, EdDsa edDsa) {
    SignatureCheck check = edDsa.of(KEY);

    assertThat(check.holds(MESSAGE, SIGNATURE.toByteArray())).isTrue();
    assertThat(check.holds(new byte[] {(byte) 0xaf}, SIGNATURE.toByteArray())).isFalse();
    for (int at = 0; at < SIGNATURE.size(); at++) {
      byte[] changed = SIGNATURE.toByteArray();
      changed[at] ^= 1;
      assertThat(check.holds(MESSAGE, changed)).as("byte " + at).isFalse();
    }
    assertThat(check.holds(MESSAGE, SIGNATURE.slice(0, 63).toByteArray())).isFalse();
    assertThat(check.holds(MESSAGE, new byte[64])).isFalse();
    assertThat(check.holds(MESSAGE, new byte[0])).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void theSameSignatureWrittenInAnotherWayIsNone(String name, EdDsa edDsa) {
    byte[] other = SIGNATURE.toByteArray();
    byte[] s = new byte[32];
    for (int i = 0; i < 32; i++) {
      s[i] = other[63 - i];
    }
    byte[] moved = new BigInteger(1, s).add(L).toByteArray();
    for (int i = 0; i < 32; i++) {
      other[32 + i] = i < moved.length ? moved[moved.length - 1 - i] : 0;
    }

    assertThat(edDsa.of(KEY).holds(MESSAGE, other)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void whatIsNoPointOrNotWrittenInTheOneWayIsNoKey(String name, EdDsa edDsa) {
    // y = 2 is on no point; y = p + 1 is that of y = 1 once more
    Bytes noPoint = Bytes.fromHex("02" + "00".repeat(31));
    Bytes tooLarge = Bytes.fromHex("ee" + "ff".repeat(30) + "7f");

    for (Bytes bad : new Bytes[] {noPoint, tooLarge, KEY.slice(0, 31)}) {
      assertThatThrownBy(() -> edDsa.of(bad))
          .as(bad.toHex())
          .isInstanceOf(MalformedException.class);
    }
  }
}

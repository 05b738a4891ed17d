package dev.zamok.protocol.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Rejection;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever a stranger sends: an answer, never a surprise. */
class TicketPropertiesTest {
  private static final String GOOD = Tickets.sign(Fixed.ticket(1), Fixed.key("hs"));

  /** Some libraries throw on points and numbers that are none. */
  @Property(seed = "5", tries = 200)
  void randomSignatureIsFalseUnderEveryAlgorithm(@ForAll @Size(64) byte[] signature) {
    byte[] input = {1, 2, 3};
    assertThat(Fixed.key("ed").verify(input, signature)).isFalse();
    assertThat(Fixed.key("ec").verify(input, signature)).isFalse();
    byte[] half = java.util.Arrays.copyOf(signature, 32);
    assertThat(Fixed.key("hs").verify(input, half)).isFalse();
  }

  @Property(seed = "6", tries = 1_000)
  void strangeTokenIsInvalidAndNothingElse(@ForAll("tokens") String token) {
    assertThatThrownBy(() -> Tickets.verify(token, Fixed.KEYS, Fixed.NOW))
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TICKET_INVALID));
    assertThatThrownBy(() -> Tickets.verifyService(token, Fixed.KEYS, Fixed.NOW))
        .isInstanceOf(Rejection.class);
  }

  /** Signed, so that what stands behind the signature is reached too. */
  @Property(seed = "7", tries = 1_000)
  void strangeClaimsAreInvalidOrHaveOneMeaning(@ForAll("claims") String claims) {
    String token = Fixed.token("{\"alg\":\"HS256\",\"kid\":\"hs\"}", claims, Fixed.key("hs"));
    Ticket ticket;
    try {
      ticket = Tickets.read(token, Fixed.KEYS, Fixed.NOW);
    } catch (MalformedException e) {
      assertThat(e.getMessage()).matches("P-(1\\d\\d|006) .+");
      return;
    }
    String again = Tickets.sign(ticket, Fixed.key("hs"));
    assertThat(Tickets.read(again, Fixed.KEYS, Fixed.NOW)).isEqualTo(ticket);
  }

  @Property(seed = "8", tries = 500)
  void strangeKeySetIsMalformedOrUsable(@ForAll("keySets") String set) {
    TicketKeys keys;
    TicketKey signing;
    try {
      keys = TicketKeys.parse(set.getBytes(StandardCharsets.UTF_8));
      signing = keys.signing();
    } catch (MalformedException e) {
      // a damaged "d" is a member that is ignored: what is left can verify
      assertThat(e.getMessage()).matches("P-12\\d .+|no key of the set can sign");
      return;
    }
    String token = Tickets.sign(Fixed.ticket(0), signing);
    assertThat(Tickets.verify(token, keys, Fixed.NOW)).isEqualTo(Fixed.ticket(0));
  }

  @Provide
  Arbitrary<String> tokens() {
    Arbitrary<String> damaged = damaged(GOOD).filter(token -> !token.equals(GOOD));
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(60), damaged);
  }

  @Provide
  Arbitrary<String> claims() {
    String row = "[\"AaGio6SlpqeoqaqrrK2urw\",\"0NHS09TV1tc\",15,7,3]";
    return damaged(Fixed.claims("[" + row + "]"));
  }

  @Provide
  Arbitrary<String> keySets() {
    return Arbitraries.of(Fixed.ED, Fixed.EC, Fixed.HS)
        .map(Fixed::set)
        .flatMap(TicketPropertiesTest::damaged);
  }

  private static Arbitrary<String> damaged(String good) {
    Arbitrary<String> piece =
        Arbitraries.of(
            "", "0", "1", "A", "_", "\"", "{}", "[]", ",", ":", ".", "null", "-", "e9", " ", "é");
    Arbitrary<Integer> place = Arbitraries.integers().between(0, good.length());
    Arbitrary<Integer> cut = Arbitraries.integers().between(0, 2);
    return Combinators.combine(place, cut, piece)
        .as(
            (at, removed, added) ->
                good.substring(0, at)
                    + added
                    + good.substring(Math.min(good.length(), at + removed)));
  }
}

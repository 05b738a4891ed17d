package dev.zamok.protocol.ticket;

import static dev.zamok.protocol.ticket.Fixed.KEYS;
import static dev.zamok.protocol.ticket.Fixed.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Checks;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import java.time.Instant;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a forger would try. Strangers learn TICKET_INVALID; the tests see which check refused. */
class TicketAttacksTest {
  private static final String GOOD = Tickets.sign(Fixed.ticket(2), Fixed.key("ed"));
  private static final String ROOM = "\"AaGio6SlpqeoqaqrrK2urw\"";
  private static final String TAG = "\"0NHS09TV1tc\"";

  @Test
  @Checks({"P-102", "P-104"})
  void algNoneIsRefused() {
    String payload = Fixed.part(Fixed.claims());
    String none = Fixed.part("{\"alg\":\"none\",\"kid\":\"ed\"}") + "." + payload + ".";
    refused("P-104", none);
    refused("P-104", none + GOOD.substring(GOOD.lastIndexOf('.') + 1));
    refused("P-102", Fixed.part("{\"alg\":\"none\"}") + "." + payload + ".");
  }

  /** The public key is known to everybody: as an HMAC secret it would let everybody sign. */
  @Test
  @Checks("P-104")
  void algorithmOfAnotherKeyTypeIsRefused() {
    byte[] open = Bytes.fromBase64Url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").toByteArray();
    TicketKey forger = TicketKey.hs256("ed", new SecretKeySpec(open, "HmacSHA256"));
    refused("P-104", Tickets.sign(Fixed.ticket(0), forger));
    String claimsEd = Fixed.token("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}", Fixed.claims(), forger);
    refused("P-105", claimsEd);
    refused(
        "P-104",
        Fixed.token("{\"alg\":\"ES256\",\"kid\":\"ed\"}", Fixed.claims(), Fixed.key("ec")));
  }

  @Test
  @Checks("P-103")
  void unknownKidIsRefused() {
    refused(
        "P-103",
        Fixed.token("{\"alg\":\"EdDSA\",\"kid\":\"xx\"}", Fixed.claims(), Fixed.key("ed")));
    refused(
        "P-103", Fixed.token("{\"alg\":\"EdDSA\",\"kid\":\"\"}", Fixed.claims(), Fixed.key("ed")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"EdDSA\"}",
        "{\"kid\":\"ed\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"crit\":\"exp\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"jku\":\"https://evil.example/keys\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"jwk\":{\"kty\":\"OKP\"}}",
        "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"typ\":\"jwt\"}",
        "{\"alg\":[\"EdDSA\"],\"kid\":\"ed\"}",
        "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"kid\":\"ed\"}",
        "[\"EdDSA\",\"ed\"]",
        "",
        "{\"alg\":\"EdDSA\",\"kid\":\"ed\"} {}",
        "\uFEFF{\"alg\":\"EdDSA\",\"kid\":\"ed\"}"
      })
  @Checks("P-102")
  void headerOfAnotherShapeIsRefused(String header) {
    refused("P-102", Fixed.token(header, Fixed.claims(), Fixed.key("ed")));
  }

  @Test
  @Checks("P-107")
  void wrongAudienceIsRefusedInBothDirections() {
    String service = Tickets.sign(Fixed.service(), Fixed.key("ed"));
    refused("P-107", service);
    assertThatThrownBy(() -> Tickets.readService(GOOD, KEYS, NOW)).hasMessageStartingWith("P-107");
    assertThatThrownBy(() -> Tickets.verifyService(GOOD, KEYS, NOW)).isInstanceOf(Rejection.class);
    refused("P-107", Fixed.token(Fixed.claims().replace("\"zamok-hub\"", "[\"zamok-hub\"]")));
  }

  @Test
  @Checks("P-112")
  void expiredTicketIsRefusedFromItsLastSecondOn() {
    Instant end = Fixed.ticket(2).expiresAt();
    assertThat(Tickets.verify(GOOD, KEYS, end.minusMillis(1))).isEqualTo(Fixed.ticket(2));
    for (Instant late : List.of(end, end.plusSeconds(1), Instant.parse("9999-12-31T23:59:59Z"))) {
      assertThat(code(GOOD, late)).isEqualTo(ErrorCode.TICKET_EXPIRED);
    }
    String service = Tickets.sign(Fixed.service(), Fixed.key("ed"));
    assertThatThrownBy(() -> Tickets.verifyService(service, KEYS, NOW.plusSeconds(3_600)))
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TICKET_EXPIRED));
  }

  @Test
  @Checks("P-105")
  void forgedTicketDoesNotTellWhetherItExpired() {
    String forged = changed(GOOD, GOOD.length() - 20);
    assertThat(code(forged, NOW.plusSeconds(10_000))).isEqualTo(ErrorCode.TICKET_INVALID);
  }

  @Test
  @Checks("P-111")
  void issuedInTheFutureIsRefusedBeyondAMinute() {
    assertThat(Tickets.verify(GOOD, KEYS, NOW.minusSeconds(60))).isEqualTo(Fixed.ticket(2));
    assertThatThrownBy(() -> Tickets.read(GOOD, KEYS, NOW.minusSeconds(61)))
        .hasMessageStartingWith("P-111");
    assertThat(code(GOOD, NOW.minusSeconds(61))).isEqualTo(ErrorCode.TICKET_INVALID);
  }

  @Test
  @Checks("P-108")
  void lifetimeTooLongIsRefused() {
    refused("P-108", Fixed.token(Fixed.claims().replace("1767226200", "1767226501")));
    refused("P-108", Fixed.token(Fixed.claims().replace("1767226200", "1767225600")));
    refused("P-108", Fixed.token(Fixed.claims().replace("1767226200", "253402300800")));
    refused("P-108", Fixed.token(Fixed.claims().replace("1767225600", "-1")));
    refused("P-106", Fixed.token(Fixed.claims().replace("1767226200", "1.767226200E9")));
    refused("P-106", Fixed.token(Fixed.claims().replace("1767226200", "\"1767226200\"")));
    refused("P-106", Fixed.token(Fixed.claims().replace("1767226200", "99999999999999999999")));
  }

  @Test
  @Checks("P-106")
  void duplicateJsonNamesAreRefused() {
    String twice = Fixed.claims().replace("{\"aud\"", "{\"exp\":1767226100,\"aud\"");
    refused("P-106", Fixed.token(twice));
  }

  @Test
  @Checks("P-106")
  void unknownAndMissingClaimsAreRefused() {
    refused("P-106", Fixed.token(Fixed.claims().replace("{\"aud\"", "{\"admin\":true,\"aud\"")));
    refused("P-106", Fixed.token(Fixed.claims().replace(",\"rooms\":[]", "")));
    refused("P-106", Fixed.token(Fixed.claims("{}")));
    refused("P-106", Fixed.token(Fixed.claims().replace("\"AAAAAAAAAAEAAAAAAAAAAg\"", "\"AAA\"")));
    refused("P-106", Fixed.token(Fixed.claims() + "{}"));
    refused("P-106", Fixed.token("[" + "[".repeat(9) + "]".repeat(9) + "]"));
    refused("P-106", Fixed.token("null"));
  }

  @Test
  @Checks("P-101")
  void nonCanonicalBase64IsRefused() {
    String[] parts = GOOD.split("\\.");
    String signature = parts[2];
    String input = parts[0] + "." + parts[1] + ".";
    refused("P-101", input + signature + "==");
    // 64 bytes leave four spare bits in the last character, which decoders ignore.
    char last = signature.charAt(signature.length() - 1);
    assertThat("AQgw").contains(String.valueOf(last));
    refused("P-101", input + signature.substring(0, signature.length() - 1) + ((char) (last + 1)));
    refused("P-101", input + signature.replaceFirst("[-_A-Za-z]", "+"));
    refused("P-101", input + "\n" + signature);
    refused("P-101", GOOD.replaceFirst("e", "\u0165"));
  }

  @Test
  @Checks("P-101")
  void ticketOfOtherThanThreePartsOrTooLongIsRefused() {
    refused("P-101", "");
    refused("P-102", "..");
    refused("P-101", "a.b");
    refused("P-101", GOOD + ".");
    refused("P-101", GOOD + ".e30.e30");
    refused("P-101", ".".repeat(Tickets.CHARACTERS_MAX));
    refused("P-101", "A".repeat(Tickets.CHARACTERS_MAX + 1));
  }

  @Test
  @Checks({"P-101", "P-102", "P-103", "P-104", "P-105"})
  void everyTamperedCharacterIsRefused() {
    for (int at = 0; at < GOOD.length(); at++) {
      String tampered = changed(GOOD, at);
      assertThatThrownBy(() -> Tickets.read(tampered, KEYS, NOW))
          .as("character %d", at)
          .hasMessageMatching("P-10[1-5] .*");
    }
  }

  @Test
  @Checks("P-105")
  void signatureOfAnotherKeyOfTheSameKindIsRefused() {
    TicketKeyMaker.Made made =
        TicketKeyMaker.make(Algorithm.EDDSA, new java.security.SecureRandom());
    TicketKey other = TicketKeys.parse(Fixed.ascii(made.whole())).signing();
    refused("P-105", Fixed.token("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}", Fixed.claims(), other));
  }

  /** CVE-2022-21449: r = s = 0 fitted every message. */
  @Test
  @Checks("P-105")
  void psychicSignatureIsRefused() {
    String input =
        Fixed.part("{\"alg\":\"ES256\",\"kid\":\"ec\"}") + "." + Fixed.part(Fixed.claims());
    String order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    String one = "0".repeat(63) + "1";
    for (String hex : List.of("00".repeat(64), order + order, "0".repeat(64) + one, one + order)) {
      refused("P-105", input + "." + Bytes.fromHex(hex).toBase64Url());
    }
  }

  @Test
  @Checks("P-105")
  void signatureOfAnotherLengthIsRefused() {
    for (int size : new int[] {0, 31, 32, 63, 65, 72}) {
      String input = GOOD.substring(0, GOOD.lastIndexOf('.') + 1);
      refused("P-105", input + Bytes.wrap(new byte[size]).toBase64Url());
    }
    TicketKey hs = Fixed.key("hs");
    byte[] mac = hs.sign(new byte[3]);
    assertThat(hs.verify(new byte[3], mac)).isTrue();
    assertThat(hs.verify(new byte[3], java.util.Arrays.copyOf(mac, 16))).isFalse();
  }

  @Test
  @Checks("P-110")
  void roomTwiceAnd513RoomsAreRefused() {
    String row = "[" + ROOM + "," + TAG + ",15,1,1]";
    assertThat(Tickets.read(Fixed.token(Fixed.claims("[" + row + "]")), KEYS, NOW).grants())
        .hasSize(1);
    refused("P-110", Fixed.token(Fixed.claims("[" + row + "," + row + "]")));
    refused("P-110", Fixed.token(Fixed.claims("[" + row + ",".concat(row).repeat(512) + "]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[R,T,15,1]",
        "[R,T,15,1,1,1]",
        "[R,T,16,1,1]",
        "[R,T,-1,1,1]",
        "[R,T,\"15\",1,1]",
        "[R,T,15,-1,1]",
        "[R,T,15,2147483648,1]",
        "[R,T,15,1,2147483648]",
        "[R,T,15,1,true]",
        "[R,\"AAAAAAAAAAA\",15,1,1]",
        "[R,R,15,1,1]",
        "[T,T,15,1,1]",
        "[1,T,15,1,1]",
        "\"room\"",
        "{}"
      })
  @Checks("P-109")
  void roomOfAnotherShapeIsRefused(String row) {
    refused(
        "P-109", Fixed.token(Fixed.claims("[" + row.replace("R", ROOM).replace("T", TAG) + "]")));
  }

  @Test
  @Checks("P-006")
  void roomOfNoKindIsRefused() {
    refused("P-006", Fixed.token(Fixed.claims("[[\"A6Gio6SlpqeoqaqrrK2urw\"," + TAG + ",1,1,1]]")));
  }

  @Test
  @Checks("P-113")
  void serviceTicketOfUnknownOrDoubleScopeIsRefused() {
    for (String scope :
        List.of("[\"admin\"]", "[\"PUSH\"]", "[\"push\",\"push\"]", "[1]", "[[\"push\"]]")) {
      String token = Fixed.token(Fixed.serviceClaims().replace("[\"push\"]", scope));
      assertThatThrownBy(() -> Tickets.readService(token, KEYS, NOW))
          .hasMessageStartingWith("P-113");
    }
    String name = Fixed.token(Fixed.serviceClaims().replace("\"bot\"", "\"b o t\""));
    assertThatThrownBy(() -> Tickets.readService(name, KEYS, NOW)).hasMessageStartingWith("P-113");
  }

  @Test
  void rejectionTellsAStrangerNothingButTheCode() {
    assertThatThrownBy(() -> Tickets.verify("a.b.c", KEYS, NOW))
        .isInstanceOf(Rejection.class)
        .hasMessage(ErrorCode.TICKET_INVALID.text())
        .hasNoCause();
  }

  private static void refused(String check, String token) {
    assertThatThrownBy(() -> Tickets.read(token, KEYS, NOW)).hasMessageStartingWith(check + " ");
    assertThat(code(token, NOW)).isEqualTo(ErrorCode.TICKET_INVALID);
  }

  private static ErrorCode code(String token, Instant now) {
    try {
      Tickets.verify(token, KEYS, now);
    } catch (Rejection e) {
      return e.code();
    }
    throw new AssertionError("the ticket was taken");
  }

  /** Another character of base64url in place of one, or a letter in place of a dot. */
  private static String changed(String token, int at) {
    char replacement = token.charAt(at) == 'A' ? 'Q' : 'A';
    return token.substring(0, at) + replacement + token.substring(at + 1);
  }
}

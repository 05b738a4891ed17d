package dev.zamok.protocol.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Checks;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketKeysTest {
  private static final String SHORT = "\"" + Bytes.wrap(new byte[31]).toBase64Url() + "\"";

  @ParameterizedTest
  @EnumSource
  void madeKeySignsWhatItsVerifyingHalfTakes(Algorithm algorithm) {
    TicketKeyMaker.Made made = TicketKeyMaker.make(algorithm, new SecureRandom());
    TicketKeys whole = TicketKeys.parse(Fixed.ascii(made.whole()));
    TicketKeys verifying = TicketKeys.parse(Fixed.ascii(made.verifying()));
    assertThat(whole.signing().algorithm()).isEqualTo(algorithm);
    String token = Tickets.sign(Fixed.ticket(1), whole.signing());
    assertThat(Tickets.verify(token, verifying, Fixed.NOW)).isEqualTo(Fixed.ticket(1));
    if (algorithm != Algorithm.HS256) {
      assertThat(made.verifying()).doesNotContain("\"d\"");
      assertThatThrownBy(verifying::signing).isInstanceOf(MalformedException.class);
      TicketKey open = verifying.find(whole.signing().id()).orElseThrow();
      assertThat(open.canSign()).isFalse();
      assertThatThrownBy(() -> Tickets.sign(Fixed.ticket(0), open))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void membersThatAreNotOursAreIgnored() {
    String exported =
        Fixed.ED.replace(
            "{", "{\"ext\":true,\"key_ops\":[\"sign\"],\"use\":\"sig\",\"x5t\":\"a\",");
    assertThat(Fixed.keys(exported).find("ed")).isPresent();
  }

  @Test
  void firstKeyThatCanSignSigns() {
    String open = Fixed.EC.replaceFirst(",\"d\":\"[^\"]+\"", "");
    assertThat(Fixed.keys(open, Fixed.ED, Fixed.HS).signing().id()).isEqualTo("ed");
  }

  @Test
  @Checks("P-121")
  void setHas1To16KeysOfDistinctNames() {
    String[] sixteen = new String[16];
    for (int i = 0; i < 16; i++) {
      sixteen[i] = Fixed.HS.replace("\"hs\"", "\"hs" + i + "\"");
    }
    assertThat(Fixed.keys(sixteen).find("hs15")).isPresent();
    String many =
        IntStream.range(0, 17)
            .mapToObj(i -> Fixed.HS.replace("\"hs\"", "\"hs" + i + "\""))
            .collect(Collectors.joining(","));
    refused("P-121", Fixed.set(many));
    refused("P-121", Fixed.set());
    refused("P-121", Fixed.set(Fixed.HS, Fixed.ED.replace("\"ed\"", "\"hs\"")));
    refused("P-121", "{}");
    refused("P-121", "[]");
    refused("P-121", "{\"keys\":{}}");
    refused("P-121", "{\"keys\":[1]}");
    refused("P-121", Fixed.set(Fixed.HS) + " ".repeat(TicketKeys.BYTES_MAX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a b\"", "\"a\\n\"", "\"é\"", "7"})
  @Checks("P-121")
  void kidThatCouldForgeALogLineIsRefused(String kid) {
    refused("P-121", Fixed.set(Fixed.HS.replace("\"hs\"", kid)));
  }

  @Test
  @Checks("P-121")
  void kidHasAtMost64Characters() {
    String longest = "k".repeat(64);
    assertThat(Fixed.keys(Fixed.HS.replace("\"hs\"", "\"" + longest + "\"")).find(longest))
        .isPresent();
    refused("P-121", Fixed.set(Fixed.HS.replace("\"hs\"", "\"" + longest + "k\"")));
    refused("P-121", Fixed.set(Fixed.HS.replace("\"kid\":\"hs\",", "")));
  }

  @Test
  @Checks("P-122")
  void keyWithoutItsAlgorithmIsRefused() {
    refused("P-122", Fixed.set(Fixed.ED.replace("\"alg\":\"EdDSA\",", "")));
    for (String alg : List.of("none", "HS512", "RS256", "Ed25519", "eddsa", "")) {
      refused("P-122", Fixed.set(Fixed.ED.replace("\"EdDSA\"", "\"" + alg + "\"")));
    }
  }

  @Test
  @Checks("P-122")
  void keyOfAnotherTypeThanItsAlgorithmIsRefused() {
    refused("P-122", Fixed.set(Fixed.ED.replace("EdDSA", "ES256")));
    refused("P-122", Fixed.set(Fixed.ED.replace("EdDSA", "HS256")));
    refused("P-122", Fixed.set(Fixed.EC.replace("ES256", "EdDSA")));
    refused("P-122", Fixed.set(Fixed.HS.replace("HS256", "EdDSA")));
    refused("P-122", Fixed.set(Fixed.ED.replace("\"Ed25519\"", "\"X25519\"")));
    refused("P-122", Fixed.set(Fixed.EC.replace("P-256", "P-384")));
    refused("P-122", Fixed.set(Fixed.ED.replace("{", "{\"use\":\"enc\",")));
  }

  @Test
  @Checks("P-123")
  void keyThatIsNotOnItsCurveIsRefused() {
    String x = "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";
    String offCurve = "02" + "00".repeat(31);
    String pPlusOne = "ee" + "ff".repeat(30) + "7f";
    for (String hex : List.of(offCurve, pPlusOne)) {
      refused("P-123", Fixed.set(Fixed.ED.replace(x, base64(hex))));
    }
    refused("P-123", Fixed.set(Fixed.EC.replace("x_FEzRu9", "x_FEzRu8")));
    refused("P-123", Fixed.set(Fixed.ED.replace(x, SHORT)));
    refused("P-123", Fixed.set(Fixed.ED.replace(x, "\"====\"")));
    refused("P-123", Fixed.set(Fixed.ED.replace(x, "5")));
  }

  /** Under the neutral element, R = neutral and S = 0 sign every message. */
  @Test
  @Checks("P-123")
  void keyOfASmallOrderIsRefused() {
    List<String> small =
        List.of(
            "01" + "00".repeat(31),
            "ec" + "ff".repeat(30) + "7f",
            "00".repeat(32),
            "00".repeat(31) + "80",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");
    String open = Fixed.ED.replaceFirst(",\"d\":\"[^\"]+\"", "");
    for (String hex : small) {
      String jwk = open.replace("\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"", base64(hex));
      refused("P-123", Fixed.set(jwk));
    }
  }

  @Test
  @Checks("P-124")
  void privateHalfThatDoesNotMatchIsRefused() {
    refused("P-124", Fixed.set(Fixed.ED.replace("\"d\":\"nW", "\"d\":\"nX")));
    refused("P-124", Fixed.set(Fixed.EC.replace("\"d\":\"jp", "\"d\":\"jq")));
    String zero = base64("00".repeat(32));
    String d = "\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"";
    refused("P-123", Fixed.set(Fixed.EC.replace(d, zero)));
    refused("P-123", Fixed.set(Fixed.EC.replace(d, base64("ff".repeat(32)))));
  }

  @Test
  @Checks("P-125")
  void hs256KeyHas32To128Bytes() {
    for (int size : new int[] {32, 128}) {
      assertThat(Fixed.keys(secret(size)).signing().algorithm()).isEqualTo(Algorithm.HS256);
    }
    for (int size : new int[] {0, 1, 31, 129}) {
      refused("P-125", Fixed.set(secret(size)));
    }
  }

  @Test
  void failureDoesNotTellTheKey() {
    String bad = Fixed.ED.replace("\"d\":\"nW", "\"d\":\"nX");
    assertThatThrownBy(() -> Fixed.keys(bad))
        .hasMessageNotContaining("Gxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
        .hasNoCause();
  }

  private static String secret(int size) {
    String key = Bytes.wrap(new byte[size]).toBase64Url();
    return "{\"kid\":\"s\",\"alg\":\"HS256\",\"kty\":\"oct\",\"k\":\"" + key + "\"}";
  }

  private static String base64(String hex) {
    return "\"" + Bytes.fromHex(hex).toBase64Url() + "\"";
  }

  private static void refused(String check, String set) {
    byte[] utf8 = set.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TicketKeys.parse(utf8))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(check + " ");
  }
}

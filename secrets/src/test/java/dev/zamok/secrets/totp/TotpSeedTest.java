package dev.zamok.secrets.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.MalformedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpSeedTest {
  private static final String KEY = "12345678901234567890";

  /** RFC 6238, appendix B; the seeds are those of its errata, as long as the hash. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082, 46119246, 90693936",
    "1111111109, 07081804, 68084774, 25091201",
    "1111111111, 14050471, 67062674, 99943326",
    "1234567890, 89005924, 91819424, 93441116",
    "2000000000, 69279037, 90698825, 38618901",
    "20000000000, 65353130, 77737706, 47863826"
  })
  void codesAreThoseOfTheStandard(long time, String sha1, String sha256, String sha512) {
    assertThat(code(20, TotpAlgorithm.SHA1, time)).isEqualTo(sha1);
    assertThat(code(32, TotpAlgorithm.SHA256, time)).isEqualTo(sha256);
    assertThat(code(64, TotpAlgorithm.SHA512, time)).isEqualTo(sha512);
  }

  @Test
  void bareSeedIsSixDigitsEveryThirtySeconds() {
    TotpSeed seed = TotpSeed.ofBase32("gezd gnbv gy3t qojq gezd gnbv gy3t qojq");
    assertThat(seed.codeAt(Instant.ofEpochSecond(59)).reveal()).isEqualTo("287082");
    assertThat(seed.leftAt(Instant.ofEpochSecond(59))).isEqualTo(Duration.ofSeconds(1));
    assertThat(seed.leftAt(Instant.ofEpochSecond(60))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void uriTellsEverything() {
    TotpSeed seed =
        parse(
            "otpauth://totp/ACME%20Co:alice@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=ACME%20Co&algorithm=SHA256&digits=8&period=60&image=x");
    assertThat(seed.issuer()).isEqualTo("ACME Co");
    assertThat(seed.account()).isEqualTo("alice@example.org");
    assertThat(seed.key()).isEqualTo(SecretBytes.copyOf(KEY.getBytes(StandardCharsets.UTF_8)));
    assertThat(seed.algorithm()).isEqualTo(TotpAlgorithm.SHA256);
    assertThat(seed.digits()).isEqualTo(8);
    assertThat(seed.period()).isEqualTo(Duration.ofMinutes(1));
    assertThat(TotpSeed.parse(seed.toUri())).isEqualTo(seed);
  }

  @Test
  void uriWithoutAnythingButTheSeedIsEnough() {
    TotpSeed seed = parse("otpauth://totp/?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq");
    assertThat(seed.toUri().reveal())
        .isEqualTo("otpauth://totp/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(parse("otpauth://totp/a b: c?secret=ME").account()).isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "otpauth://hotp/a?secret=HUNTER22&counter=1",
        "otpauth://totp/hunter2",
        "otpauth://totp/a?secret=",
        "otpauth://totp/a?secret=HUNTER018",
        "otpauth://totp/a?secret=HUNTER22%zz",
        "otpauth://totp/a?secret=HUNTER22&secret=HUNTER22",
        "otpauth://totp/a?secret=HUNTER22&algorithm=MD5",
        "otpauth://totp/a?secret=HUNTER22&digits=9",
        "otpauth://totp/a?secret=HUNTER22&digits=5",
        "otpauth://totp/a?secret=HUNTER22&digits=hunter",
        "otpauth://totp/a?secret=HUNTER22&period=0",
        "otpauth://totp/a?secret=HUNTER22&period=99999",
        "otpauth://totp/a?secret=HUNTER22&period=999999999999"
      })
  void brokenUriIsRefusedAndNotQuoted(String uri) {
    Throwable thrown = catchThrowable(() -> parse(uri));
    assertThat(thrown).isInstanceOf(MalformedException.class);
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContainIgnoringCase("hunter");
  }

  @Test
  void seedsWithoutEndAreRefused() {
    assertThatThrownBy(() -> TotpSeed.ofBase32("A".repeat(1_000)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> parse("otpauth://totp/" + "a".repeat(3_000) + "?secret=ME"))
        .isInstanceOf(MalformedException.class);
  }

  private static TotpSeed parse(String uri) {
    return TotpSeed.parse(SecretText.of(uri));
  }

  private static String code(int size, TotpAlgorithm algorithm, long time) {
    byte[] key = KEY.repeat(4).substring(0, size).getBytes(StandardCharsets.UTF_8);
    TotpSeed seed =
        new TotpSeed("", "", SecretBytes.wrap(key), algorithm, 8, TotpSeed.PERIOD_DEFAULT);
    return seed.codeAt(Instant.ofEpochSecond(time)).reveal();
  }
}

package dev.zamok.secrets.totp;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.MalformedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/**
 * What one-time codes are made from (RFC 6238).
 *
 * @param account whose codes they are, as its server calls him; may be empty
 * @param issuer whose server it is; may be empty
 */
public record TotpSeed(
    String issuer,
    String account,
    SecretBytes key,
    TotpAlgorithm algorithm,
    int digits,
    Duration period) {
  public static final int KEY_BYTES_MAX = 256;
  public static final int DIGITS_MIN = 6;
  public static final int DIGITS_MAX = 8;
  public static final Duration PERIOD_MAX = Duration.ofHours(1);
  public static final Duration PERIOD_DEFAULT = Duration.ofSeconds(30);

  /** Fails with {@link MalformedException}. */
  public TotpSeed {
    if (key.size() == 0 || key.size() > KEY_BYTES_MAX) {
      throw new MalformedException("one-time seed of " + key.size() + " bytes");
    }
    if (digits < DIGITS_MIN || digits > DIGITS_MAX) {
      throw new MalformedException("one-time codes of " + digits + " digits");
    }
    if (period.compareTo(Duration.ofSeconds(1)) < 0
        || period.compareTo(PERIOD_MAX) > 0
        || period.toMillis() % 1000 != 0) {
      throw new MalformedException("one-time codes with a period of another length");
    }
  }

  /** A bare seed in base32, as websites show it: SHA-1, six digits, 30 seconds. */
  public static TotpSeed ofBase32(String text) {
    return new TotpSeed("", "", base32(text), TotpAlgorithm.SHA1, DIGITS_MIN, PERIOD_DEFAULT);
  }

  /** Fails with {@link MalformedException}, whose text does not quote the URI. */
  public static TotpSeed parse(SecretText uri) {
    return OtpAuth.parse(uri.reveal());
  }

  /** The code at {@code time}, with its leading zeros. */
  public SecretText codeAt(Instant time) {
    byte[] raw = key.toByteArray();
    try {
      TimeBasedOneTimePasswordGenerator generator =
          new TimeBasedOneTimePasswordGenerator(period, digits, algorithm.hmac());
      SecretKeySpec spec = new SecretKeySpec(raw, "RAW");
      return SecretText.of(generator.generateOneTimePasswordString(spec, time, Locale.ROOT));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC refuses a key");
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /** How long the code at {@code time} stays the right one. */
  public Duration leftAt(Instant time) {
    long millis = period.toMillis();
    return Duration.ofMillis(millis - Math.floorMod(time.toEpochMilli(), millis));
  }

  /** The URI of this seed in one spelling. */
  public SecretText toUri() {
    byte[] raw = key.toByteArray();
    String label = issuer.isEmpty() ? encoded(account) : encoded(issuer) + ":" + encoded(account);
    String uri =
        "otpauth://totp/"
            + label
            + "?secret="
            + Base32.toBase32String(raw).replace("=", "")
            + (issuer.isEmpty() ? "" : "&issuer=" + encoded(issuer))
            + (algorithm == TotpAlgorithm.SHA1 ? "" : "&algorithm=" + algorithm.name())
            + (digits == DIGITS_MIN ? "" : "&digits=" + digits)
            + (period.equals(PERIOD_DEFAULT) ? "" : "&period=" + period.toSeconds());
    Arrays.fill(raw, (byte) 0);
    return SecretText.of(uri);
  }

  static SecretBytes base32(String text) {
    String plain = text.replaceAll("[ \\-=]", "").toUpperCase(Locale.ROOT);
    if (plain.isEmpty() || plain.length() > KEY_BYTES_MAX * 8 / 5 + 1) {
      throw new MalformedException("one-time seed of unacceptable length");
    }
    try {
      // The library takes whole groups alone.
      return SecretBytes.wrap(Base32.decode(plain + "=".repeat((8 - plain.length() % 8) % 8)));
    } catch (RuntimeException e) {
      // Its message quotes what it found.
      throw new MalformedException("one-time seed that is not base32");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "TotpSeed[]";
  }
}

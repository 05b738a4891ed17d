package dev.zamok.client.secret;

import dev.zamok.protocol.MalformedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a login asks for. Whatever is not there is empty.
 *
 * @param passwordTime since when the password is as it is, to the millisecond
 * @param totp the seed of one-time codes as {@code otpauth} URI
 * @param urls where it is used, as the user wrote them
 */
public record Credentials(
    String login,
    SecretText password,
    Optional<Instant> passwordTime,
    SecretText totp,
    List<String> urls) {
  public static final Credentials NONE =
      new Credentials("", SecretText.EMPTY, Optional.empty(), SecretText.EMPTY, List.of());

  public static final int LOGIN_CHARACTERS_MAX = 1_000;
  public static final int PASSWORD_CHARACTERS_MAX = 10_000;
  public static final int TOTP_CHARACTERS_MAX = 2_000;
  public static final int URLS_MAX = 50;
  public static final int URL_CHARACTERS_MAX = 4_000;

  private static final long MILLIS_MAX = (1L << 53) - 1;
  private static final String SCHEME = "otpauth://";

  /** Fails with {@link MalformedException}. */
  public Credentials {
    SecretRules.line("login", login, 0, LOGIN_CHARACTERS_MAX);
    SecretRules.lines("password", password.reveal(), PASSWORD_CHARACTERS_MAX);
    passwordTime.ifPresent(Credentials::millis);
    SecretRules.line("one-time seed", totp.reveal(), 0, TOTP_CHARACTERS_MAX);
    if (!totp.isEmpty() && !totp.reveal().startsWith(SCHEME)) {
      throw new MalformedException("S-011 one-time seed that is no otpauth URI");
    }
    urls = List.copyOf(urls);
    SecretRules.distinct("URLs", urls, URLS_MAX, URL_CHARACTERS_MAX);
  }

  static long millis(Instant time) {
    try {
      long millis = time.toEpochMilli();
      if (millis >= 0 && millis <= MILLIS_MAX && Instant.ofEpochMilli(millis).equals(time)) {
        return millis;
      }
    } catch (ArithmeticException | DateTimeException e) {
      // falls through: as far out of range as can be
    }
    throw new MalformedException("S-010 no time since 1970 in milliseconds");
  }

  @Override
  public String toString() {
    return "Credentials[]";
  }
}

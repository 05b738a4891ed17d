package dev.zamok.secrets.pick;

import dev.zamok.client.secret.Credentials;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.MalformedException;
import dev.zamok.secrets.totp.TotpSeed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds one value of a secret: {@code login}, {@code password}, {@code url} (the first), {@code
 * notes}, {@code totp} (the code of the moment), {@code otpauth} (its seed), or the name of a
 * field. {@code field:NAME} means a field, whatever it is called.
 */
public final class SecretValue {
  private static final String FIELD = "field:";

  private SecretValue() {}

  /**
   * Empty when there is no such value, or it is empty. Fails with {@link MalformedException} when
   * several fields have this name, and when the seed of codes is none.
   */
  public static Optional<SecretText> of(Secret secret, String name, Instant now) {
    Credentials credentials = secret.credentials();
    SecretText value =
        switch (name) {
          case "login" -> SecretText.of(credentials.login());
          case "password" -> credentials.password();
          case "url" -> SecretText.of(credentials.urls().stream().findFirst().orElse(""));
          case "notes" -> secret.notes();
          case "totp" ->
              credentials.totp().isEmpty()
                  ? SecretText.EMPTY
                  : TotpSeed.parse(credentials.totp()).codeAt(now);
          case "otpauth" -> credentials.totp();
          default -> field(secret, name.startsWith(FIELD) ? name.substring(6) : name);
        };
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static SecretText field(Secret secret, String name) {
    List<Field> named = secret.fields().stream().filter(f -> f.name().equals(name)).toList();
    if (named.size() > 1) {
      throw new MalformedException("several fields have this name");
    }
    return named.isEmpty() ? SecretText.EMPTY : named.get(0).value();
  }
}

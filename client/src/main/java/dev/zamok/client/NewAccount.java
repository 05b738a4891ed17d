package dev.zamok.client;

import dev.zamok.client.safe.InviteLink;
import dev.zamok.crypto.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * What may go with a new account beside its name and passwords.
 *
 * @param recoveryCode opens the account too; see {@link dev.zamok.crypto.HumanCode}
 * @param invitation the link of a letter, by which a server where registration is closed makes the
 *     account; one that came without a letter helps nothing
 */
public record NewAccount(@Nullable SecretBytes recoveryCode, @Nullable InviteLink invitation) {
  public static final NewAccount PLAIN = new NewAccount(null, null);

  /** Hides both. */
  @Override
  public String toString() {
    return "NewAccount[]";
  }
}

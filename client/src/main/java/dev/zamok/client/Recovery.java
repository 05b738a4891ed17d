package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockType;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.protocol.MalformedException;
import java.util.concurrent.CompletableFuture;

/** The recovery code of an account: a second way to its keys, beside the master password. */
final class Recovery {
  private final Accounts accounts;
  private final Rewrap rewrap;

  Recovery(Accounts accounts, Rewrap rewrap) {
    this.accounts = accounts;
    this.rewrap = rewrap;
  }

  /** A new code instead of the one before, if there was one. */
  CompletableFuture<Void> replaceCode(Rewrap.Desk desk, Accounts.Opened opened, SecretBytes code) {
    return desk.session()
        .keyset()
        .thenCompose(
            keyset -> rewrap.replace(desk, keyset, opened, UnlockSecret.recoveryCode(code)));
  }

  /**
   * The keys, by the code; the account has a new master password then. Fails with {@code
   * WRONG_PASSWORD}, and with {@code REFUSED} ({@code no-recovery}) when there is no code.
   */
  CompletableFuture<Accounts.Opened> recover(Rewrap.Desk desk, SecretBytes code, char[] master) {
    return desk.session()
        .keyset()
        .thenCompose(
            keyset -> {
              Accounts.Opened opened = open(desk.about(), keyset, code);
              return accounts
                  .masterSecret(master)
                  .thenCompose(secret -> rewrap.replace(desk, keyset, opened, secret))
                  .thenApply(done -> opened);
            });
  }

  private static Accounts.Opened open(
      Answers.Account about, Answers.Keyset keyset, SecretBytes code) {
    for (Answers.Unlock unlock : keyset.unlocks()) {
      if (unlock.type() == UnlockType.RECOVERY_CODE.code()) {
        try {
          UnlockSecret secret = UnlockSecret.recoveryCode(code);
          UnlockWrap wrap = UnlockWrap.parse(unlock.wrap());
          return Accounts.open(about, keyset, wrap.open(about.account(), secret));
        } catch (CryptoFailure e) {
          throw ClientProblem.of(Kind.WRONG_PASSWORD, "the recovery code is wrong");
        } catch (MalformedException e) {
          throw ClientProblem.tampered("the stored keys break their format");
        }
      }
    }
    throw ClientProblem.refused(Kind.REFUSED, "no-recovery", "the account has no recovery code", 0);
  }
}

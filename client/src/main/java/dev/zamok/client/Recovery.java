package dev.zamok.client;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockType;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The recovery code of an account: a second way to its keys, beside the master password. Changes
 * want the login password: a stolen session must not do away with the keys of their owner.
 */
final class Recovery {
  private final Accounts accounts;
  private final SecureRandom random;

  Recovery(Accounts accounts, SecureRandom random) {
    this.accounts = accounts;
    this.random = random;
  }

  /** What is changed at the server, and by which right. */
  record Desk(SessionApi session, AccountApi account, Answers.Account about, String password) {
    @Override
    public String toString() {
      return "Desk[" + about.account() + "]";
    }
  }

  /** A new code instead of the one before, if there was one. */
  CompletableFuture<Void> replaceCode(Desk desk, Accounts.Opened opened, SecretBytes code) {
    return desk.session()
        .keyset()
        .thenCompose(keyset -> replace(desk, keyset, opened, UnlockSecret.recoveryCode(code)));
  }

  /**
   * The keys, by the code; the account has a new master password then. Fails with {@code
   * WRONG_PASSWORD}, and with {@code REFUSED} ({@code no-recovery}) when there is no code.
   */
  CompletableFuture<Accounts.Opened> recover(Desk desk, SecretBytes code, char[] master) {
    return desk.session()
        .keyset()
        .thenCompose(
            keyset -> {
              Accounts.Opened opened = open(desk.about(), keyset, code);
              return accounts
                  .masterSecret(master)
                  .thenCompose(secret -> replace(desk, keyset, opened, secret))
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

  /** The keyset with the same key, one wrap of this type, and the others as they are. */
  private CompletableFuture<Void> replace(
      Desk desk, Answers.Keyset before, Accounts.Opened opened, UnlockSecret secret) {
    var account = desk.about().account();
    int type = secret.type().code();
    UnlockWrap wrap = opened.key().wrap(account, nextSeq(before), secret, random);
    if (type == UnlockType.MASTER_PASSWORD.code()) {
      secret.destroy();
    }
    List<Answers.Unlock> unlocks = new ArrayList<>();
    for (Answers.Unlock unlock : before.unlocks()) {
      if (unlock.type() != type) {
        unlocks.add(unlock);
      }
    }
    unlocks.add(Accounts.unlock(wrap));
    int seq = before.seq() + 1;
    Keyset keyset = Keyset.of(opened.identity());
    return desk.account()
        .replaceKeyset(
            new Answers.Keyset(seq, keyset.seal(opened.key(), account, seq, random), unlocks),
            desk.password());
  }

  private static int nextSeq(Answers.Keyset keyset) {
    Function<Answers.Unlock, Integer> seq =
        unlock -> {
          try {
            return UnlockWrap.parse(unlock.wrap()).seq();
          } catch (MalformedException e) {
            throw ClientProblem.tampered("the stored keys break their format");
          }
        };
    return keyset.unlocks().stream().map(seq).max(Integer::compare).orElse(0) + 1;
  }
}

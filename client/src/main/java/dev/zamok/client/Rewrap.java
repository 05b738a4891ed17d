package dev.zamok.client;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockType;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Changes what opens the keys of an account; the keys stay, and so do all other ways to them, but
 * where the keys are replaced. Changes want the login password: a stolen session must not do away
 * with the keys of their owner. What is replaced is opened before: no change loses a key that
 * another device added meanwhile.
 *
 * <p>The server replaces one keyset by the next, or does not. Where its answer is lost it is asked
 * again: one that was replaced by this very one counts as done.
 */
final class Rewrap {
  static final int ATTEMPTS_MAX = 3;

  private final SecureRandom random;

  Rewrap(SecureRandom random) {
    this.random = random;
  }

  /** What is changed at the server, and by which right. */
  record Desk(SessionApi session, AccountApi account, Answers.Account about, String password) {
    @Override
    public String toString() {
      return "Desk[" + about.account() + "]";
    }
  }

  /**
   * One wrap of this type of secret, instead of the one before if there was one. Destroys a
   * stretched password. Fails with {@code WRONG_PASSWORD} for the login password, with {@code
   * REFUSED} ({@code version-conflict}) when somebody was first, and with {@code UNAVAILABLE} and
   * the outcome unknown when the server is gone.
   */
  CompletableFuture<Void> replace(
      Desk desk, Answers.Keyset before, Accounts.Opened opened, UnlockSecret secret) {
    AccountId account = desk.about().account();
    Keyset keyset = reopened(account, before, opened.key());
    int type = secret.type().code();
    UnlockWrap wrap = opened.key().wrap(account, nextSeq(before), secret, random);
    if (secret.type() == UnlockType.MASTER_PASSWORD) {
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
    return send(
        desk, new Answers.Keyset(seq, keyset.seal(opened.key(), account, seq, random), unlocks), 1);
  }

  /**
   * New keys beside those there were, under a new key and so for nobody who has the old one: the
   * master password opens them, the recovery code if there is one, and nothing else that did so
   * before. Destroys the stretched password. Yields what the account is once {@link Succession} has
   * done the rest. Fails as {@link #replace}, and with {@code REFUSED} ({@code keys-exhausted}).
   *
   * @param code null for none
   */
  CompletableFuture<Accounts.Opened> renew(
      Desk desk,
      Answers.Keyset before,
      Accounts.Opened opened,
      UnlockSecret master,
      @Nullable SecretBytes code) {
    AccountId account = desk.about().account();
    Keyset former = reopened(account, before, opened.key());
    if (!former.isReplaceable()) {
      throw ClientProblem.refused(
          Kind.REFUSED, "keys-exhausted", "the keys of this account were replaced too often", 0);
    }
    Keyset keyset = former.replaced(random);
    UnlockKey key = UnlockKey.random(random);
    int wrapSeq = nextSeq(before);
    List<Answers.Unlock> unlocks = new ArrayList<>();
    unlocks.add(Accounts.unlock(key.wrap(account, wrapSeq, master, random)));
    master.destroy();
    if (code != null) {
      UnlockSecret recovery = UnlockSecret.recoveryCode(code);
      unlocks.add(Accounts.unlock(key.wrap(account, wrapSeq + 1, recovery, random)));
    }
    int seq = before.seq() + 1;
    Bytes sealed = keyset.seal(key, account, seq, random);
    return send(desk, new Answers.Keyset(seq, sealed, unlocks), 1)
        .thenApply(done -> new Accounts.Opened(new OwnKeys(keyset.identities(account)), key, true));
  }

  private static Keyset reopened(AccountId account, Answers.Keyset before, UnlockKey key) {
    try {
      return Keyset.open(key, account, before.seq(), before.sealed());
    } catch (CryptoFailure e) {
      throw ClientProblem.refused(
          Kind.REFUSED, "keys-replaced", "the account has another key now: log in again", 0);
    }
  }

  private static CompletableFuture<Void> send(Desk desk, Answers.Keyset next, int attempt) {
    return desk.account()
        .replaceKeyset(next, desk.password())
        .exceptionallyCompose(
            failure -> {
              ClientProblem problem = ClientProblem.in(failure);
              if (problem.outcomeUnknown() && attempt < ATTEMPTS_MAX) {
                return send(desk, next, attempt + 1);
              }
              return attempt > 1 && problem.refusal().equals("version-conflict")
                  ? requireThere(desk, next)
                  : CompletableFuture.failedFuture(problem);
            });
  }

  /** Somebody was first: perhaps this very client, whose answer was lost. */
  private static CompletableFuture<Void> requireThere(Desk desk, Answers.Keyset next) {
    return desk.session()
        .keyset()
        .thenAccept(
            now -> {
              if (!now.equals(next)) {
                throw ClientProblem.refused(
                    Kind.REFUSED,
                    "version-conflict",
                    "another device changed what opens the account, just now",
                    0);
              }
            });
  }

  private static int nextSeq(Answers.Keyset keyset) {
    int newest = 0;
    for (Answers.Unlock unlock : keyset.unlocks()) {
      try {
        newest = Math.max(newest, UnlockWrap.parse(unlock.wrap()).seq());
      } catch (MalformedException e) {
        throw ClientProblem.tampered("the stored keys break their format");
      }
    }
    return newest + 1;
  }
}

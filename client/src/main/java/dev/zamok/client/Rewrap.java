package dev.zamok.client;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockType;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Changes what opens the keys of an account; the keys stay, and so do all other ways to them.
 * Changes want the login password: a stolen session must not do away with the keys of their owner.
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
    Keyset keyset = Keyset.of(opened.identity());
    return send(
        desk, new Answers.Keyset(seq, keyset.seal(opened.key(), account, seq, random), unlocks), 1);
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

package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.AuthorityApi;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockType;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Makes and unlocks accounts. The master password never leaves the {@code pool}, where it is
 * stretched.
 */
final class Accounts {
  private static final int FIRST_SEQ = 1;

  private final Loop loop;
  private final Executor pool;
  private final AuthorityApi authority;
  private final KdfParams cost;
  private final SecureRandom random;

  Accounts(Loop loop, Executor pool, AuthorityApi authority, KdfParams cost, SecureRandom random) {
    this.loop = loop;
    this.pool = pool;
    this.authority = authority;
    this.cost = cost;
    this.random = random;
  }

  /** A new account at the authority; yields its keys. */
  CompletableFuture<Identity> register(String login, String password, char[] master) {
    AccountId account = new AccountId(random.nextLong(), random.nextLong());
    Keyset keyset = Keyset.generate(random);
    Identity identity = keyset.firstIdentity(account);
    UnlockKey unlockKey = UnlockKey.random(random);
    Bytes sealed = keyset.seal(unlockKey, account, FIRST_SEQ, random);
    return slowly(
            () -> {
              Password typed = Password.of(master);
              UnlockSecret secret = UnlockSecret.newMasterPassword(typed, null, cost, random);
              typed.destroy();
              return secret;
            })
        .thenCompose(
            secret -> {
              UnlockWrap wrap = unlockKey.wrap(account, FIRST_SEQ, secret, random);
              secret.destroy();
              unlockKey.destroy();
              Answers.Keyset stored = new Answers.Keyset(FIRST_SEQ, sealed, List.of(unlock(wrap)));
              return authority.register(
                  new AuthorityApi.Registration(
                      account, login, password, identity.card().encoded(), stored));
            })
        .thenApply(done -> identity);
  }

  /**
   * The keys of the account. Fails with {@code WRONG_PASSWORD}; an authority that serves a keyset
   * which is not the account's own looks the same. A card that is not of these keys is {@code
   * TAMPERED}.
   */
  CompletableFuture<Identity> unlock(SessionApi session, Answers.Account about, char[] master) {
    return session
        .keyset()
        .thenCompose(
            keyset -> {
              UnlockWrap wrap = masterWrap(keyset);
              return slowly(
                      () -> {
                        Password typed = Password.of(master);
                        UnlockSecret secret =
                            UnlockSecret.masterPassword(typed, null, wrap.masterParams());
                        typed.destroy();
                        return secret;
                      })
                  .thenApply(secret -> open(about, keyset, wrap, secret));
            });
  }

  private static Identity open(
      Answers.Account about, Answers.Keyset keyset, UnlockWrap wrap, UnlockSecret secret) {
    try {
      UnlockKey key = wrap.open(about.account(), secret);
      Keyset opened = Keyset.open(key, about.account(), keyset.seq(), keyset.sealed());
      key.destroy();
      Card card = Card.parse(about.card());
      if (!card.account().equals(about.account())) {
        throw ClientProblem.tampered("the server shows another account's card as one's own");
      }
      return own(opened, card);
    } catch (CryptoFailure e) {
      throw ClientProblem.of(Kind.WRONG_PASSWORD, "the master password is wrong");
    } catch (MalformedException e) {
      throw ClientProblem.tampered("the stored keys break their format");
    } finally {
      secret.destroy();
    }
  }

  private static Identity own(Keyset keyset, Card card) {
    try {
      return keyset.identity(card);
    } catch (CryptoFailure e) {
      throw ClientProblem.tampered("the server shows a card that is not this account's own");
    }
  }

  private static UnlockWrap masterWrap(Answers.Keyset keyset) {
    for (Answers.Unlock unlock : keyset.unlocks()) {
      if (unlock.type() == UnlockType.MASTER_PASSWORD.code()) {
        try {
          UnlockWrap wrap = UnlockWrap.parse(unlock.wrap());
          if (wrap.type() == UnlockType.MASTER_PASSWORD && !wrap.masterParams().kit()) {
            return wrap;
          }
        } catch (MalformedException e) {
          throw ClientProblem.tampered("the stored keys break their format");
        }
      }
    }
    throw ClientProblem.refused(
        Kind.REFUSED, "no-master-password", "no master password unlocks this account", 0);
  }

  /** What the authority stores: the whole wrap, and its parameters once more in plain text. */
  private static Answers.Unlock unlock(UnlockWrap wrap) {
    String params = new String(wrap.params().toByteArray(), StandardCharsets.US_ASCII);
    return new Answers.Unlock(wrap.type().code(), params, wrap.encode());
  }

  private <T> CompletableFuture<T> slowly(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, pool).thenApplyAsync(done -> done, loop);
  }
}

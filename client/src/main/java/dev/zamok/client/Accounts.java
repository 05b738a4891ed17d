package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.AuthorityApi;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /**
   * The keys of an account, and what opens them.
   *
   * @param own the newest and those before
   * @param pending whether the account's card is still the one before the newest: somebody stopped
   *     while he replaced his keys, and {@link Succession} goes on
   */
  record Opened(OwnKeys own, UnlockKey key, boolean pending) {
    Opened(Identity only, UnlockKey key) {
      this(OwnKeys.of(only), key, false);
    }

    Identity identity() {
      return own.newest();
    }

    @Override
    public String toString() {
      return "Opened[" + identity().fingerprint() + "]";
    }
  }

  /**
   * A new account at the authority; yields its keys.
   *
   * @param more a second way to them, and what lets in where registration is closed
   */
  CompletableFuture<Opened> register(
      String login, String password, char[] master, NewAccount more) {
    SecretBytes recovery = more.recoveryCode();
    AccountId account = new AccountId(random.nextLong(), random.nextLong());
    Keyset keyset = Keyset.generate(random);
    Identity identity = keyset.firstIdentity(account);
    UnlockKey unlockKey = UnlockKey.random(random);
    Bytes sealed = keyset.seal(unlockKey, account, FIRST_SEQ, random);
    return masterSecret(master)
        .thenCompose(
            secret -> {
              List<Answers.Unlock> unlocks = new ArrayList<>();
              unlocks.add(unlock(unlockKey.wrap(account, FIRST_SEQ, secret, random)));
              secret.destroy();
              if (recovery != null) {
                UnlockSecret code = UnlockSecret.recoveryCode(recovery);
                unlocks.add(unlock(unlockKey.wrap(account, FIRST_SEQ + 1, code, random)));
              }
              Answers.Keyset stored = new Answers.Keyset(FIRST_SEQ, sealed, unlocks);
              return register(
                  new AuthorityApi.Registration(
                      account, login, password, identity.card().encoded(), stored),
                  more.invitation());
            })
        .thenApply(done -> new Opened(identity, unlockKey));
  }

  /** The letter is shown only where nothing else helps: it is good for one account. */
  private CompletableFuture<Void> register(
      AuthorityApi.Registration registration, @Nullable InviteLink letter) {
    return authority
        .register(registration)
        .exceptionallyCompose(
            failure -> {
              ClientProblem problem = ClientProblem.in(failure);
              if (!problem.refusal().equals("not-permitted")) {
                return CompletableFuture.failedFuture(problem);
              }
              if (letter == null || letter.token().isEmpty()) {
                return CompletableFuture.failedFuture(
                    refused(
                        "registration-closed",
                        "the server makes accounts only for people who are invited by letter: accept"
                            + " its link with --register"));
              }
              return authority
                  .registerInvited(registration, letter.room(), letter.invite(), letter.token())
                  .exceptionallyCompose(why -> CompletableFuture.failedFuture(notInvited(why)));
            });
  }

  private static ClientProblem notInvited(Throwable why) {
    ClientProblem problem = ClientProblem.in(why);
    return problem.refusal().equals("not-found")
        ? refused(
            "registration-closed",
            "the invitation was withdrawn, is over, or has been used, so that this try made no"
                + " account; if an earlier try got no answer, log in without --register")
        : problem;
  }

  private static ClientProblem refused(String why, String text) {
    return ClientProblem.refused(Kind.REFUSED, why, text, 0);
  }

  /** A master password for a new wrap, stretched by this client's choice of costs. */
  CompletableFuture<UnlockSecret> masterSecret(char[] master) {
    return slowly(
        () -> {
          Password typed = Password.of(master);
          UnlockSecret secret = UnlockSecret.newMasterPassword(typed, null, cost, random);
          typed.destroy();
          return secret;
        });
  }

  /**
   * The keys of the account. Fails with {@code WRONG_PASSWORD}; an authority that serves a keyset
   * which is not the account's own looks the same. A card that is not of these keys is {@code
   * TAMPERED}.
   */
  CompletableFuture<Opened> unlock(SessionApi session, Answers.Account about, char[] master) {
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

  /**
   * As {@link #unlock}, by the key that this device kept. Fails with {@code REFUSED} ({@code
   * keys-replaced}) when the keys were sealed anew under another one meanwhile.
   */
  CompletableFuture<Opened> open(SessionApi session, Answers.Account about, UnlockKey key) {
    return session
        .keyset()
        .thenApply(
            keyset -> {
              try {
                return open(about, keyset, key);
              } catch (CryptoFailure e) {
                throw ClientProblem.refused(
                    Kind.REFUSED, "keys-replaced", "the account has another key now", 0);
              } catch (MalformedException e) {
                throw ClientProblem.tampered("the stored keys break their format");
              }
            });
  }

  /** Fails with {@link CryptoFailure} or {@link MalformedException}. */
  static Opened open(Answers.Account about, Answers.Keyset keyset, UnlockKey key) {
    Keyset opened = Keyset.open(key, about.account(), keyset.seq(), keyset.sealed());
    Card card = Card.parse(about.card());
    if (!card.account().equals(about.account())) {
      throw ClientProblem.tampered("the server shows another account's card as one's own");
    }
    List<Identity> all = opened.identities(about.account());
    int newest = all.size() - 1;
    boolean current = all.get(newest).card().equals(card);
    boolean pending = newest > 0 && all.get(newest - 1).card().equals(card);
    if (!current && !pending) {
      throw ClientProblem.tampered("the server shows a card that is not this account's own");
    }
    return new Opened(new OwnKeys(all), key, pending);
  }

  private static Opened open(
      Answers.Account about, Answers.Keyset keyset, UnlockWrap wrap, UnlockSecret secret) {
    try {
      return open(about, keyset, wrap.open(about.account(), secret));
    } catch (CryptoFailure e) {
      throw ClientProblem.of(Kind.WRONG_PASSWORD, "the master password is wrong");
    } catch (MalformedException e) {
      throw ClientProblem.tampered("the stored keys break their format");
    } finally {
      secret.destroy();
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
  static Answers.Unlock unlock(UnlockWrap wrap) {
    String params = new String(wrap.params().toByteArray(), StandardCharsets.US_ASCII);
    return new Answers.Unlock(wrap.type().code(), params, wrap.encode());
  }

  private <T> CompletableFuture<T> slowly(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, pool).thenApplyAsync(done -> done, loop);
  }
}

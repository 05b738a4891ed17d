package dev.zamok.client;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.Fingerprint;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What opens the account of a session, and how that is changed. Belongs to the client's loop. */
final class OwnAccount {
  private final Accounts accounts;
  private final Recovery recovery;
  private final Rewrap rewrap;
  private final Succession succession;
  private final SessionApi session;
  private final AccountApi account;
  private final Accounts.Opened opened;

  OwnAccount(Ways ways, SessionApi session, AccountApi account, Accounts.Opened opened) {
    this.accounts = ways.accounts();
    this.recovery = ways.recovery();
    this.rewrap = ways.rewrap();
    this.succession = ways.succession();
    this.session = session;
    this.account = account;
    this.opened = opened;
  }

  /** The ways to the keys of any account. */
  record Ways(Accounts accounts, Recovery recovery, Rewrap rewrap, Succession succession) {}

  /** A new recovery code; the one before opens the account no more. */
  CompletableFuture<Void> replaceRecoveryCode(String password, SecretBytes code) {
    return desk(password, desk -> recovery.replaceCode(desk, opened, code));
  }

  /**
   * Another master password. The one of before must be right, on a device too that is kept: whoever
   * sits down at it for a moment must not lock its owner out.
   */
  CompletableFuture<Void> changeMasterPassword(String password, char[] current, char[] next) {
    return desk(
        password,
        desk ->
            accounts
                .unlock(session, desk.about(), current)
                .thenCompose(
                    now -> {
                      requireSame(now.identity().fingerprint());
                      return session
                          .keyset()
                          .thenCompose(
                              keyset ->
                                  accounts
                                      .masterSecret(next)
                                      .thenCompose(
                                          secret -> rewrap.replace(desk, keyset, now, secret)));
                    }));
  }

  /**
   * New keys under the same master password; what stops is taken up at the next login. The session
   * must be made anew with what this yields.
   *
   * @param code of the recovery, null for none
   */
  CompletableFuture<Accounts.Opened> replaceKeys(
      String password, char[] master, @Nullable SecretBytes code) {
    return desk(
        password,
        desk ->
            accounts
                .unlock(session, desk.about(), master)
                .thenCompose(now -> renewed(desk, now, master, code))
                .thenCompose(next -> succession.finish(session, account, next)));
  }

  private CompletableFuture<Accounts.Opened> renewed(
      Rewrap.Desk desk, Accounts.Opened now, char[] master, @Nullable SecretBytes code) {
    requireSame(now.identity().fingerprint());
    return session
        .keyset()
        .thenCompose(
            keyset ->
                accounts
                    .masterSecret(master)
                    .thenCompose(secret -> rewrap.renew(desk, keyset, now, secret, code)));
  }

  /** Fails with {@code WRONG_PASSWORD}, whatever else opened this session. */
  CompletableFuture<Void> requireMasterPassword(char[] typed) {
    return session
        .account()
        .thenCompose(about -> accounts.unlock(session, own(about), typed))
        .thenAccept(now -> requireSame(now.identity().fingerprint()));
  }

  private void requireSame(Fingerprint keys) {
    if (!keys.equals(opened.identity().fingerprint())) {
      throw ClientProblem.tampered("the server gave other keys than this session has");
    }
  }

  private <T> CompletableFuture<T> desk(
      String password, Function<Rewrap.Desk, CompletableFuture<T>> step) {
    return session
        .account()
        .thenCompose(about -> step.apply(new Rewrap.Desk(session, account, own(about), password)));
  }

  private Answers.Account own(Answers.Account about) {
    if (!about.account().equals(opened.identity().card().account())) {
      throw ClientProblem.tampered("the server answered for another account");
    }
    return about;
  }
}

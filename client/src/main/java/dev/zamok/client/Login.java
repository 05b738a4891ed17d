package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.crypto.SecretBytes;
import java.util.concurrent.CompletableFuture;

/** A session whose keys are still locked: the server knows who this is, nothing can be read yet. */
public final class Login {
  private final ZamokClient client;
  private final String login;
  private final Answers.NewSession session;

  Login(ZamokClient client, String login, Answers.NewSession session) {
    this.client = client;
    this.login = login;
    this.session = session;
  }

  public String login() {
    return login;
  }

  /**
   * Opens the keys of the account. Takes a part of a second on a thread of its own. Fails with
   * {@code WRONG_PASSWORD}; try again as often as you like.
   */
  public CompletableFuture<Session> unlock(char[] masterPassword) {
    return client.unlock(login, session, masterPassword);
  }

  /**
   * Opens the keys by the recovery code and gives the account a new master password; the code stays
   * what it is. Fails with {@code WRONG_PASSWORD}, and with {@code REFUSED} ({@code no-recovery})
   * when the account has no code.
   *
   * @param password of the login, once more
   */
  public CompletableFuture<Session> recover(
      SecretBytes code, char[] password, char[] newMasterPassword) {
    return client.recover(login, session, password, code, newMasterPassword);
  }

  @Override
  public String toString() {
    return "Login[" + login + "]";
  }
}

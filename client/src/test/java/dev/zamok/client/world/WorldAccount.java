package dev.zamok.client.world;

import dev.zamok.client.authority.Answers;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.AccountId;
import org.jspecify.annotations.Nullable;

/** An account as the authority keeps it; for tests, with its keys. */
public final class WorldAccount {
  public final String login;
  public final Identity identity;

  /** What is shown to others: an attack changes it. */
  public Card shown;

  public Answers.@Nullable Keyset keyset;

  public WorldAccount(String login, Identity identity) {
    this.login = login;
    this.identity = identity;
    this.shown = identity.card();
  }

  public AccountId id() {
    return identity.card().account();
  }

  public Answers.Account answer() {
    return new Answers.Account(shown.account(), login, shown.encoded());
  }
}

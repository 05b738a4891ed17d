package dev.zamok.client.contact;

import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;

/**
 * Another account, or one's own, as this client knows it.
 *
 * @param login the name the authority gives it: only the fingerprint is proof
 */
public record Contact(String login, Card card) {
  public AccountId account() {
    return card.account();
  }

  public Fingerprint fingerprint() {
    return card.fingerprint();
  }

  /** For people who compare: 16 groups of 4 hexadecimal digits. */
  public String fingerprintText() {
    return card.fingerprint().display();
  }

  @Override
  public String toString() {
    return "Contact[" + login + ", " + fingerprint() + "]";
  }
}

package dev.zamok.client.contact;

import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;

/**
 * Another account, or one's own, as this client knows it.
 *
 * @param login the name the authority gives it: only the fingerprint is proof
 */
public record Contact(String login, Card card) {
  /** A group that is a member of a room, under the id of its own room. */
  public static Contact ofGroup(ChainGroup group) {
    return new Contact("group " + group.group(), group.card());
  }

  /** Whether it is a group: its login is then no name, and its account the room of the group. */
  public boolean isGroup() {
    return card.isGroup();
  }

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

package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.crypto.chain.Role;
import java.util.concurrent.CompletableFuture;

/**
 * Changes of who is in a room and what it is called. Belongs to the client's loop. Fails with
 * {@code NOT_ALLOWED} without the right to it.
 */
interface Membership {
  /** Adds a member, or changes the role of one. */
  CompletableFuture<Void> put(Contact contact, Role role);

  /** Removes a member; the room has new keys then that he does not get. */
  CompletableFuture<Void> remove(Contact contact);

  CompletableFuture<Void> leave();

  CompletableFuture<Void> rename(String name);

  /**
   * Makes the generation the room owes, if it does and this member may; yields whether it did.
   *
   * @param authorityAsks the authority says so, even if the chain does not
   */
  CompletableFuture<Boolean> makeOwed(boolean authorityAsks);
}

package dev.zamok.client.room;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import java.util.concurrent.CompletableFuture;

/** In managed rooms the authority does it all. */
final class ManagedMembership implements Membership {
  private final RoomId room;
  private final SessionApi authority;
  private final AccountId self;

  ManagedMembership(RoomId room, SessionApi authority, AccountId self) {
    this.room = room;
    this.authority = authority;
    this.self = self;
  }

  @Override
  public CompletableFuture<Void> put(Contact contact, Role role) {
    return authority.putMember(room, contact.account(), role).thenApply(done -> null);
  }

  @Override
  public CompletableFuture<Void> remove(Contact contact) {
    return authority.removeMember(room, contact.account());
  }

  @Override
  public CompletableFuture<Void> leave() {
    return authority.removeMember(room, self);
  }

  @Override
  public CompletableFuture<Void> rename(String name) {
    return authority.rename(room, name);
  }

  @Override
  public CompletableFuture<Boolean> makeOwed(boolean authorityAsks) {
    return CompletableFuture.completedFuture(false);
  }
}

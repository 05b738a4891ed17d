package dev.zamok.authority;

import dev.zamok.authority.account.AccountHook;
import dev.zamok.authority.room.Rooms;
import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;

/** Rooms follow what happens to accounts. */
final class RoomsHook implements AccountHook {
  private final Rooms rooms;

  RoomsHook(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Future<Void> sessionsRevoked(AccountId account) {
    return rooms.resetRoomsOf(account);
  }

  @Override
  public Future<Void> cardReplaced(AccountId account) {
    return rooms.followCardOf(account);
  }
}

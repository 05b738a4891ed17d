package dev.zamok.authority;

import dev.zamok.authority.account.AccountHook;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.node.Nodes;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.Rooms;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Rooms follow what happens to accounts, here or where their leases are held. */
final class RoomsHook implements AccountHook {
  private final Rooms rooms;
  private final Leases leases;
  private final Nodes nodes;

  RoomsHook(Rooms rooms, Leases leases, Nodes nodes) {
    this.rooms = rooms;
    this.leases = leases;
    this.nodes = nodes;
  }

  /** Completes when all resets were noted and tried once. */
  @Override
  public Future<Void> sessionsRevoked(AccountId account) {
    return each(
        account, room -> leases.serves(room) ? rooms.reset(room) : nodes.resetElsewhere(room));
  }

  @Override
  public Future<Void> cardReplaced(AccountId account) {
    return each(
        account,
        room -> {
          if (room.trust() == Trust.SEALED) {
            return Future.succeededFuture();
          }
          return leases.serves(room)
              ? rooms.followCard(room, account)
              : nodes.followCardElsewhere(room, account);
        });
  }

  private Future<Void> each(AccountId account, Function<RoomId, Future<Void>> task) {
    return rooms
        .memberships(account, Integer.MAX_VALUE - 1)
        .compose(
            memberships -> {
              List<Future<Void>> all =
                  memberships.stream().map(Membership::room).map(task).toList();
              return Future.join(all).mapEmpty();
            });
  }
}

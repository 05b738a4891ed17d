package dev.zamok.authority.invite;

import dev.zamok.authority.account.Accounts;
import dev.zamok.authority.account.Voucher;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.time.Clock;

/**
 * Where people who are invited by letter make their accounts, also where registration is closed:
 * one account for a letter, which is claimed for it. It gives no right to the room.
 */
public final class InviteDoor implements Endpoints {
  private final Rooms rooms;
  private final Accounts accounts;
  private final InviteRows rows;

  public InviteDoor(Rooms rooms, Accounts accounts, SealedStore store, Clock clock) {
    this.rooms = rooms;
    this.accounts = accounts;
    this.rows = new InviteRows(store, clock);
  }

  @Override
  public void addTo(Api api) {
    api.on("registerInvited", this::register);
  }

  private Future<Answer> register(Request request) {
    RoomId room = RoomId.parse(request.path("room"));
    int index = Integer.parseInt(request.path("invite"));
    Bytes token;
    try {
      token = Bytes.fromBase64Url(request.body().getString("token"));
    } catch (IllegalArgumentException e) {
      throw Problem.REQUEST_INVALID.refusal();
    }
    return accounts.register(request, new LetterVoucher(room, index, token));
  }

  /** The token of a letter. */
  private final class LetterVoucher implements Voucher {
    private final RoomId room;
    private final int index;
    private final Bytes token;

    LetterVoucher(RoomId room, int index, Bytes token) {
      this.room = room;
      this.index = index;
      this.token = token;
    }

    /** The chain is looked at for nobody who does not have the token. */
    @Override
    public Future<Void> check() {
      return rows.isUnclaimed(room, index, token)
          .compose(good -> good ? rooms.isInvited(room, index) : Future.succeededFuture(false))
          .map(
              open -> {
                if (!open) {
                  throw Problem.NOT_FOUND.refusal();
                }
                return null;
              });
    }

    /** What became of the invitation while the password was hashed counts. */
    @Override
    public Future<Void> use(AccountId account) {
      return check()
          .compose(v -> rows.claimFirst(room, index, token, account))
          .recover(
              failure ->
                  InviteRows.isConflict(failure)
                      ? Future.failedFuture(Problem.NOT_FOUND.refusal())
                      : Future.failedFuture(failure));
    }

    @Override
    public Bytes name() {
      return new ByteWriter(RoomId.SIZE + 4).bytes(room.toBytes()).u32(index).toBytes();
    }

    @Override
    public Future<Void> giveBack(AccountId account) {
      return rows.unclaim(room, index, account);
    }
  }
}

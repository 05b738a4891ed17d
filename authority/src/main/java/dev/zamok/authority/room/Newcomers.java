package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainInvite;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** People who come into a sealed room by an invitation: they read its chain before they are in. */
final class Newcomers {
  private final RoomKeeper keeper;
  private final SealedRooms.ChainDesk desk;
  private final People people;
  private final Clock clock;

  Newcomers(RoomKeeper keeper, SealedRooms.ChainDesk desk, People people, Clock clock) {
    this.keeper = keeper;
    this.desk = desk;
    this.people = people;
    this.clock = clock;
  }

  /** Those that are open, for admins. */
  Future<List<ChainInvite>> invites(AccountId who, RoomId id) {
    return keeper.inTurn(
        id,
        room -> {
          RoomRights.require(room, who, Role.ADMIN);
          RoomRights.requireSealed(room);
          return desk.chains().of(room).map(RoomChain::invites);
        });
  }

  /** Whether the chain still has it open, by this clock too; false for a room that is not there. */
  Future<Boolean> isOpen(RoomId id, int invite) {
    return keeper.inTurnIfAny(
        id,
        found ->
            found.filter(Room::isSealed).isEmpty()
                ? Future.succeededFuture(false)
                : desk.chains()
                    .of(found.get())
                    .map(
                        chain ->
                            chain.invites().stream()
                                .anyMatch(
                                    one ->
                                        one.index() == invite
                                            && one.expiryMillis() >= clock.millis())));
  }

  /**
   * The chain for whoever shows that he has the code of an open invitation: the invite key's
   * signature over his own acceptance. Whatever is wrong, the answer is the same: there is no such
   * room.
   */
  Future<RoomDesk.Piece> chain(AccountId who, RoomId id, int invite, Bytes proof, int from) {
    return people
        .byAccounts(List.of(who))
        .map(found -> Objects.requireNonNull(found.get(who)).card().fingerprint())
        .compose(
            self ->
                keeper.inTurn(
                    id,
                    room -> {
                      if (!room.isSealed()) {
                        throw Problem.NOT_FOUND.refusal();
                      }
                      return desk.chains()
                          .of(room)
                          .compose(chain -> admitted(chain, self, invite, proof))
                          .compose(chain -> piece(chain, from));
                    }));
  }

  private Future<RoomChain> admitted(RoomChain chain, Fingerprint self, int invite, Bytes proof) {
    return desk.chains()
        .run(
            () -> {
              ChainInvite open =
                  chain.invites().stream()
                      .filter(i -> i.index() == invite && i.expiryMillis() >= clock.millis())
                      .findFirst()
                      .orElseThrow(Problem.NOT_FOUND::refusal);
              try {
                open.key().verify(ChainOp.Accept.proof(chain.roomId(), invite, self), proof);
              } catch (CryptoFailure e) {
                throw Problem.NOT_FOUND.refusal();
              }
              return chain;
            });
  }

  private Future<RoomDesk.Piece> piece(RoomChain chain, int from) {
    int length = chain.head().index() + 1;
    int most = Math.min(RoomDesk.STATEMENTS_MAX, length - from);
    return most < 1
        ? Future.succeededFuture(new RoomDesk.Piece(List.of(), length))
        : desk.chains()
            .read(chain.roomId(), from, most)
            .map(read -> new RoomDesk.Piece(read, length));
  }
}

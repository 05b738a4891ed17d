package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainInvite;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * People who come into a sealed room by an invitation: they read its chain before they are in, and
 * get its secret from an admin after it.
 */
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
    return asAdmin(who, id, (member, chain) -> Future.succeededFuture(chain.invites()));
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

  /** Members who may read and have no wrap of the newest secret, for admins. */
  Future<Set<Fingerprint>> wanting(AccountId who, RoomId id) {
    return asAdmin(who, id, (member, chain) -> wanting(chain));
  }

  /** All others got theirs together with a statement. */
  private Future<Set<Fingerprint>> wanting(RoomChain chain) {
    ChainGeneration newest = chain.generation(chain.generation());
    List<Fingerprint> joined = new ArrayList<>();
    for (ChainMember member : chain.members()) {
      if (newest != null
          && member.since() > newest.index()
          && member.role().atLeast(Role.READER)
          && chain.acceptance(member.fingerprint()) != null) {
        joined.add(member.fingerprint());
      }
    }
    Set<Fingerprint> wanting = new LinkedHashSet<>();
    Future<Void> asked = Future.succeededFuture();
    for (Fingerprint each : joined) {
      asked =
          asked
              .compose(v -> desk.wraps().of(chain, each))
              .map(
                  kept -> {
                    if (kept.stream().noneMatch(wrap -> wrap.g() == chain.generation())) {
                      wanting.add(each);
                    }
                    return null;
                  });
    }
    return asked.map(wanting);
  }

  /**
   * Keeps wraps of the newest secret for members who have none; whoever has one by now keeps that.
   */
  Future<Void> give(AccountId who, RoomId id, List<Wraps.Given> wraps) {
    return asAdmin(
        who,
        id,
        (member, chain) -> {
          if (chain.owesGeneration()) {
            throw Refusal.because(Problem.ROOM_STATE, "the room owes a generation");
          }
          return people
              .byFingerprints(List.of(member.fingerprint()))
              .map(found -> Objects.requireNonNull(found.get(member.fingerprint())).card())
              .compose(card -> checked(chain, card, wraps))
              .compose(v -> wanting(chain))
              .compose(
                  wanting ->
                      desk.wraps()
                          .put(
                              chain,
                              new Wraps.Origin(chain.head(), member.fingerprint()),
                              wraps.stream()
                                  .filter(given -> wanting.contains(given.recipient()))
                                  .toList()));
        });
  }

  private Future<Void> checked(RoomChain chain, Card giver, List<Wraps.Given> wraps) {
    return desk.chains()
        .run(
            () -> {
              for (Wraps.Given given : wraps) {
                check(chain, giver, given);
              }
              return null;
            });
  }

  private static void check(RoomChain chain, Card giver, Wraps.Given given) {
    ChainGeneration newest = chain.generation(chain.generation());
    if (newest == null
        || given.g() != newest.g()
        || !chain.role(given.recipient()).atLeast(Role.READER)) {
      throw Refusal.because(Problem.WRAP_INVALID, "a wrap that nobody waits for");
    }
    try {
      Wrap.requireSignedBy(
          given.wrap(), newest.statement(), chain.roomId(), given.g(), given.recipient(), giver);
    } catch (CryptoFailure e) {
      throw Refusal.because(Problem.WRAP_INVALID, CryptoFailure.MESSAGE);
    }
  }

  private interface Task<T> {
    Future<T> run(Member member, RoomChain chain);
  }

  private <T> Future<T> asAdmin(AccountId who, RoomId id, Task<T> task) {
    return keeper.inTurn(
        id,
        room -> {
          Member member = RoomRights.require(room, who, Role.ADMIN);
          RoomRights.requireSealed(room);
          return desk.chains().of(room).compose(chain -> task.run(member, chain));
        });
  }
}

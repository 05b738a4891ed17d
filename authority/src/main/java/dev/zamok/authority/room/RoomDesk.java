package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Settlement.Wish;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What concerns rooms of both kinds: reading them, renaming them, new keys. */
final class RoomDesk {
  static final int STATEMENTS_MAX = 500;

  private final RoomKeeper keeper;
  private final Progress progress;
  private final RoomRows rows;
  private final SealedRooms.ChainDesk chains;
  private final ManagedRooms.Roll roll;

  RoomDesk(
      RoomKeeper keeper,
      Progress progress,
      RoomRows rows,
      SealedRooms.ChainDesk chains,
      ManagedRooms.Roll roll) {
    this.keeper = keeper;
    this.progress = progress;
    this.rows = rows;
    this.chains = chains;
    this.roll = roll;
  }

  /** A room as one of its members sees it. */
  record Seen(Membership membership, RoomHeader header) {}

  /** A member with his card. */
  record Listed(Member member, Person person) {}

  /** A piece of a chain, and its whole length. */
  record Piece(List<Bytes> statements, int length) {}

  /** An open channel. */
  record Channel(RoomId room, String name) {}

  Future<Seen> seen(AccountId who, RoomId id) {
    return membership(who, id)
        .compose(
            membership ->
                rows.header(id)
                    .map(
                        header ->
                            new Seen(membership, header.orElseThrow(Problem.NOT_FOUND::refusal))));
  }

  private Future<Membership> membership(AccountId who, RoomId id) {
    return roll.index().get(who, id).map(found -> found.orElseThrow(Problem.NOT_FOUND::refusal));
  }

  Future<List<Seen>> all(AccountId who) {
    return roll.index()
        .all(who, roll.config().roomsPerAccountMax())
        .compose(
            memberships -> {
              List<Future<Seen>> reads = new ArrayList<>();
              for (Membership membership : memberships) {
                reads.add(
                    rows.header(membership.room())
                        .map(header -> new Seen(membership, header.orElseThrow())));
              }
              return Future.all(reads).map(all -> all.<Seen>list());
            });
  }

  /** Fails with {@link Refusal} when the account has as many rooms as it may have. */
  Future<Void> requireRoomFor(AccountId who) {
    int max = roll.config().roomsPerAccountMax();
    return roll.index()
        .direct()
        .all(who, max)
        .map(
            memberships -> {
              if (memberships.size() >= max) {
                throw Refusal.because(Problem.ROOM_STATE, "at most " + max + " rooms");
              }
              return null;
            });
  }

  Future<List<Channel>> channels(@Nullable RoomId after) {
    return roll.open()
        .page(after)
        .compose(
            rooms -> {
              List<Future<Optional<RoomHeader>>> reads = new ArrayList<>();
              rooms.forEach(room -> reads.add(rows.header(room)));
              return Future.all(reads)
                  .map(
                      all -> {
                        List<Channel> found = new ArrayList<>();
                        for (int i = 0; i < rooms.size(); i++) {
                          var header = reads.get(i).result();
                          if (header.isPresent() && header.get().label().open()) {
                            found.add(new Channel(rooms.get(i), header.get().label().name()));
                          }
                        }
                        return found;
                      });
            });
  }

  /** Present and former members. */
  Future<List<Listed>> members(AccountId who, RoomId id) {
    return membership(who, id)
        .compose(v -> rows.load(id))
        .compose(
            found -> {
              Room room = found.orElseThrow(Problem.NOT_FOUND::refusal);
              Set<Fingerprint> fingerprints = new HashSet<>();
              room.members().forEach(member -> fingerprints.add(member.fingerprint()));
              return roll.people().byFingerprints(fingerprints).map(p -> listed(room, p));
            });
  }

  private static List<Listed> listed(Room room, Map<Fingerprint, Person> people) {
    List<Listed> listed = new ArrayList<>();
    for (Member member : room.members()) {
      Person person = people.get(member.fingerprint());
      if (person != null) {
        listed.add(new Listed(member, person));
      }
    }
    return listed;
  }

  /**
   * A part of a chain, for members; of a group also for those who are in a room with it.
   *
   * @param through such a room, null for none
   */
  Future<Piece> statements(AccountId who, RoomId id, int from, @Nullable RoomId through) {
    return readable(who, id, through)
        .compose(v -> rows.header(id))
        .compose(
            found -> {
              RoomHeader header = found.orElseThrow(Problem.NOT_FOUND::refusal);
              int length = header.standing().chainLength();
              int most = Math.min(STATEMENTS_MAX, length - from);
              return most < 1
                  ? Future.succeededFuture(new Piece(List.of(), length))
                  : chains.chains().read(id, from, most).map(read -> new Piece(read, length));
            });
  }

  private Future<Void> readable(AccountId who, RoomId id, @Nullable RoomId through) {
    Future<Boolean> own = roll.index().get(who, id).map(Optional::isPresent);
    Future<Boolean> with =
        through == null
            ? Future.succeededFuture(false)
            : roll.index()
                .ofGroup(id, through)
                .compose(
                    there ->
                        there.isEmpty()
                            ? Future.succeededFuture(false)
                            : roll.index().get(who, through).map(Optional::isPresent));
    return Future.all(own, with)
        .map(
            all -> {
              if (!own.result() && !with.result()) {
                throw Problem.NOT_FOUND.refusal();
              }
              return null;
            });
  }

  /** Those of the account, and of its groups that are in the room. */
  Future<List<Wraps.Kept>> wraps(AccountId who, RoomId id) {
    return keeper.inTurn(
        id,
        room -> {
          return chains
              .groups()
              .recipients(who, room)
              .compose(
                  recipients -> {
                    if (recipients.isEmpty()) {
                      // A steward is a member, and gets none.
                      RoomRights.require(room, who, Role.READER);
                    }
                    RoomRights.requireSealed(room);
                    return chains.chains().of(room).compose(chain -> wraps(chain, recipients));
                  });
        });
  }

  private Future<List<Wraps.Kept>> wraps(RoomChain chain, List<Fingerprint> recipients) {
    List<Future<List<Wraps.Kept>>> reads = new ArrayList<>();
    recipients.forEach(recipient -> reads.add(chains.wraps().of(chain, recipient)));
    return Future.all(reads)
        .map(all -> reads.stream().flatMap(read -> read.result().stream()).toList());
  }

  /** Exactly one of {@code name} and {@code info} is given, the one that fits the room. */
  Future<Void> rename(Principal who, RoomId id, @Nullable String name, @Nullable Bytes info) {
    return keeper.inTurn(
        id,
        room -> {
          RoomRights.require(room, who.account(), Role.ADMIN);
          RoomLabel now = room.header().label();
          RoomLabel next;
          if (room.isSealed() && info != null && name == null) {
            next = new RoomLabel(false, "", info);
          } else if (!room.isSealed() && name != null && info == null) {
            next = new RoomLabel(now.open(), name, Bytes.EMPTY);
          } else {
            throw Refusal.because(
                Problem.ROOM_STATE, "managed rooms have a name, sealed ones a sealed info");
          }
          return roll.audit()
              .renamed(who, id)
              .compose(v -> rows.save(room, room.header().with(next), List.of()));
        });
  }

  /** A new epoch now: a ratchet, or a reset that nobody is told of before. */
  Future<Void> rotate(Principal who, RoomId id, boolean reset) {
    return progress.change(
        id,
        room -> {
          RoomRights.require(room, who.account(), Role.ADMIN);
          return roll.audit()
              .rotated(who, id, reset)
              .compose(v -> reset ? progress.beginReset(id) : progress.begin(id))
              .compose(v -> progress.complete(room, reset ? Wish.RESET : Wish.RATCHET));
        });
  }

  /** Starts a new epoch, since the device of a member may have been lost. */
  Future<Void> reset(RoomId id) {
    return progress.change(
        id,
        room -> progress.beginHeldReset(room).compose(v -> progress.complete(room, Wish.RESET)));
  }
}

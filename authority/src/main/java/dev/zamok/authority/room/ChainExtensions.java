package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Settlement.Wish;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Extends chains: statements are verified here like in every client, and whoever extends a chain
 * first wins, by inserting a row. What follows of them is done before the answer, or later.
 */
final class ChainExtensions {
  private final Progress progress;
  private final RoomKeeper keeper;
  private final RoomRows rows;
  private final SealedRooms.ChainDesk desk;
  private final ManagedRooms.Roll roll;
  private final Parents parents;

  ChainExtensions(
      RoomKeeper keeper,
      Progress progress,
      RoomRows rows,
      SealedRooms.ChainDesk desk,
      ManagedRooms.Roll roll,
      Parents parents) {
    this.keeper = keeper;
    this.progress = progress;
    this.rows = rows;
    this.desk = desk;
    this.roll = roll;
    this.parents = parents;
  }

  /** Extends the chain of a room, all or nothing. */
  Future<Room> extend(Principal author, RoomId id, Extension extension) {
    List<Statement> statements = ExtensionCheck.parse(extension.statements());
    return parents
        .requireListed(id, statements)
        .compose(v -> peopleFor(author, statements))
        .compose(
            people ->
                progress.change(
                    id, room -> extend(room, author, statements, new Known(extension, people))));
  }

  /** A request, with everyone it mentions. */
  record Known(Extension extension, Map<Fingerprint, Person> people) {}

  /** In the room's turn. */
  Future<Room> extend(Room room, Principal author, List<Statement> statements, Known known) {
    Fingerprint speaker = statements.get(0).author();
    boolean forGroup = !known.people().containsKey(speaker);
    if (!forGroup) {
      RoomRights.requireMayExtend(room, author.account(), statements.get(0).op());
    } else if (!room.isSealed()) {
      throw Problem.NOT_FOUND.refusal();
    }
    RoomRights.requireSealed(room);
    if (known.extension().info() != null) {
      RoomRights.requireMaySealLabel(room, author.account(), statements);
    }
    return desk.chains()
        .of(room)
        .compose(
            chain ->
                forGroup
                    ? desk.groups().requireSpeaker(author.account(), room, speaker).map(chain)
                    : Future.succeededFuture(chain))
        .compose(
            chain -> {
              List<Statement> fresh = fresh(chain, statements, known.extension().cargo());
              // Of a request that came before, what follows its statements may be missing.
              return fresh.isEmpty()
                  ? known.extension().cargo().stored(room.id(), statements).map(room)
                  : extend(room, author, chain, fresh, known);
            });
  }

  /** Without what is in the chain already: then the same request came before. */
  private static List<Statement> fresh(RoomChain chain, List<Statement> statements, Cargo cargo) {
    Statement last = statements.get(statements.size() - 1);
    if (!chain.matchesPin(new ChainHead(last.index(), last.hash()))) {
      cargo.before(chain);
    }
    int length = chain.head().index() + 1;
    int known = 0;
    for (Statement statement : statements) {
      if (statement.index() >= length) {
        break;
      }
      if (!chain.matchesPin(new ChainHead(statement.index(), statement.hash()))) {
        throw Problem.CHAIN_CONFLICT.refusal();
      }
      known++;
    }
    return statements.subList(known, statements.size());
  }

  private Future<Room> extend(
      Room room, Principal author, RoomChain chain, List<Statement> statements, Known known) {
    ExtensionCheck check = new ExtensionCheck(known.people(), roll.config().membersMax());
    Extension extension = known.extension();
    ChainHead before = chain.head();
    return desk.groups()
        .look(author.account(), chain, statements)
        .compose(
            seen ->
                desk.chains()
                    .run(
                        () -> {
                          RoomChain extended = check.extend(chain, statements, extension);
                          seen.require(extended, statements);
                          return extended;
                        }))
        .compose(
            extended ->
                desk.groups()
                    .requireFewGroups(
                        extended.kind(), ChainSync.changes(room, extended, known.people()))
                    .map(extended))
        .onFailure(
            failure -> {
              if (!chain.head().equals(before)) {
                room.chain(null);
              }
            })
        .compose(
            extended -> {
              List<Member> leaving = leaving(room, extended);
              boolean evicts =
                  ChainSync.changes(room, extended, known.people()).stream()
                      .anyMatch(member -> member.evictBelow() > 0);
              int first = statements.get(0).index();
              return roll.audit()
                  .extended(author, room.id(), first, statements.size())
                  .compose(v -> evicts ? progress.beginEviction(room) : progress.begin(room.id()))
                  .compose(
                      v ->
                          progress.decide(
                              room.id(), () -> decide(room, leaving, statements, extension)))
                  .compose(v -> late(followUp(room, statements, extension)))
                  .onSuccess(
                      v -> {
                        leaving.forEach(m -> desk.wraps().drop(room.id(), m.fingerprint()));
                        putOut(room, leaving);
                      });
            })
        .map(room);
  }

  private Future<Void> decide(
      Room room, List<Member> leaving, List<Statement> statements, Extension extension) {
    return deny(room, leaving)
        .compose(v -> commit(room, statements, extension))
        .compose(v -> late(desk.sync().sync(room).compose(w -> label(room, extension))));
  }

  private Future<Void> followUp(Room room, List<Statement> statements, Extension extension) {
    return progress
        .complete(room, Wish.NOTHING)
        .compose(v -> extension.cargo().stored(room.id(), statements))
        .compose(v -> progress.tell(room, statements));
  }

  /**
   * The chain has it: whatever fails from here on, the caller must not hear that it was not done.
   */
  private static Future<Void> late(Future<Void> following) {
    return following.recover(
        failure ->
            Future.failedFuture(
                failure instanceof Unavailable
                    ? new Unavailable("the room has changed, what follows of it is late", true)
                    : failure));
  }

  private static List<Member> leaving(Room room, RoomChain chain) {
    List<Member> leaving = new ArrayList<>();
    for (Member member : room.members()) {
      Role role = chain.role(member.fingerprint());
      boolean read = member.role().atLeast(Role.READER) && !role.atLeast(Role.READER);
      if (member.present() && (read || !ChainSync.isThere(role))) {
        leaving.add(member);
      }
    }
    return leaving;
  }

  /**
   * Before anything says that they are out, they get neither tickets nor shares. A group that comes
   * back by another card in the same request stays: who is out of it is so by the group's own room.
   */
  private Future<Void> deny(Room room, List<Member> leaving) {
    RoomChain chain = Objects.requireNonNull(room.chain());
    Future<Void> denied = Future.succeededFuture();
    for (Member member : leaving) {
      if (member.group() && isIn(chain, member.groupRoom())) {
        continue;
      }
      denied = denied.compose(v -> roll.index().remove(room, member));
    }
    return denied;
  }

  private static boolean isIn(RoomChain chain, RoomId group) {
    return chain.groups().stream().anyMatch(member -> member.group().equals(group));
  }

  /**
   * Whoever is out of a group is put out of its rooms at the hubs, and with him, until those rooms
   * have taken in the group's next generation, all who are there as that group. Best effort: what
   * goes over the hubs there are hints of changes.
   */
  private void putOut(Room group, List<Member> leaving) {
    if (group.header().kind() == RoomKind.GROUP && !leaving.isEmpty()) {
      roll.index().roomsOf(group.id()).onSuccess(rooms -> rooms.forEach(desk.evictions()::notice));
    }
  }

  /** The statements with their wraps and cargo, or {@link Problem#CHAIN_CONFLICT}. */
  Future<Void> commit(Room room, List<Statement> statements, Extension extension) {
    RoomChain chain = Objects.requireNonNull(room.chain());
    return progress
        .begin(room.id())
        .compose(
            v -> desk.wraps().put(chain, Wraps.Origin.of(statements.get(0)), extension.wraps()))
        .compose(v -> extension.cargo().store(room.id()))
        .compose(v -> desk.chains().insert(room.id(), statements))
        .map(
            outcome -> {
              if (!outcome.applied()) {
                keeper.forget(room.id());
                throw Problem.CHAIN_CONFLICT.refusal();
              }
              return null;
            });
  }

  private Future<Void> label(Room room, Extension extension) {
    Bytes info = extension.info();
    if (info == null) {
      return Future.succeededFuture();
    }
    RoomLabel label = new RoomLabel(false, "", info);
    return rows.save(room, room.header().with(label), List.of());
  }

  /**
   * Everyone mentioned, when the author of all is the account that asks, or nobody's card: then it
   * must be a group's.
   */
  Future<Map<Fingerprint, Person>> peopleFor(Principal who, List<Statement> statements) {
    Fingerprint author = ExtensionCheck.onlyAuthor(statements);
    return roll.people()
        .byFingerprints(ExtensionCheck.mentioned(statements))
        .map(
            people -> {
              Person person = author == null ? null : people.get(author);
              boolean other = person != null && !person.account().equals(who.account());
              if (author == null || other) {
                throw Refusal.because(Problem.CHAIN_INVALID, "sign with your own card");
              }
              return people;
            });
  }
}

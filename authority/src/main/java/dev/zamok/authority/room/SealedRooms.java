package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Settlement.Wish;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
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
import org.jspecify.annotations.Nullable;

/**
 * Rooms whose members' clients decide, by their chain. Statements are verified here like in every
 * client; whoever extends the chain first wins, by inserting a row.
 */
final class SealedRooms {
  private final RoomKeeper keeper;
  private final Progress progress;
  private final RoomRows rows;
  private final ChainDesk desk;
  private final ManagedRooms.Roll roll;
  private final Parents parents;

  /** What belongs to chains. */
  record ChainDesk(
      Chains chains, ChainSync sync, Wraps wraps, GroupGate groups, Evictions evictions) {}

  SealedRooms(
      RoomKeeper keeper, Progress progress, RoomRows rows, ChainDesk desk, ManagedRooms.Roll roll) {
    this.keeper = keeper;
    this.progress = progress;
    this.rows = rows;
    this.desk = desk;
    this.roll = roll;
    this.parents = new Parents(desk.chains());
  }

  /** Makes the room of a first statement. The same request again finds it made. */
  Future<Room> create(Principal owner, RoomKind kind, History history, Extension extension) {
    return create(owner, kind, history, extension, null);
  }

  /**
   * As {@link #create(Principal, RoomKind, History, Extension)}.
   *
   * @param listedAt of a folder: which statement of its parent's chain lists it
   */
  Future<Room> create(
      Principal owner,
      RoomKind kind,
      History history,
      Extension extension,
      @Nullable Integer listedAt) {
    List<Statement> statements = ExtensionCheck.parse(extension.statements());
    Statement first = statements.get(0);
    boolean fits =
        first.index() == 0
            && first.op() instanceof ChainOp.Create op
            && op.kind() == kind
            && op.history() == history;
    if (!fits) {
      throw Refusal.because(Problem.CHAIN_INVALID, "not the first statement of such a room");
    }
    if (statements.stream()
        .anyMatch(s -> s.op() instanceof ChainOp.GroupMember || s.op() instanceof ChainOp.Parent)) {
      throw Refusal.because(
          Problem.CHAIN_INVALID,
          "a group comes into a room that is there, and only such a one moves");
    }
    RoomId id = first.roomIdOfFirst();
    Future<Void> listed =
        kind == RoomKind.FOLDER
            ? parents.requireListed(statements, listedAt)
            : Future.succeededFuture();
    return listed
        .compose(v -> peopleFor(owner, statements))
        .compose(
            people ->
                keeper.inTurnIfAny(
                    id,
                    found ->
                        found
                            .map(
                                room ->
                                    again(room, owner, statements, new Known(extension, people)))
                            .orElseGet(
                                () -> create(owner, statements, new Known(extension, people)))));
  }

  private Future<Room> again(Room room, Principal owner, List<Statement> statements, Known known) {
    return progress.catchUp(room).compose(v -> extend(room, owner, statements, known));
  }

  private Future<Room> create(Principal owner, List<Statement> statements, Known known) {
    ExtensionCheck check = new ExtensionCheck(known.people(), roll.config().membersMax());
    Extension extension = known.extension();
    return desk.chains()
        .run(
            () -> {
              RoomChain made =
                  check.extend(
                      check.start(statements.get(0)),
                      statements.subList(1, statements.size()),
                      extension);
              new GroupGate.Seen().require(made, statements);
              return made;
            })
        .compose(
            chain -> {
              if (chain.generation() == 0) {
                throw Refusal.because(Problem.WRAP_INVALID, "a room needs a secret");
              }
              Room room = new Room(chain.roomId(), header(chain, extension), 0);
              room.chain(chain);
              List<Member> members = ChainSync.changes(room, chain, known.people());
              return desk.groups()
                  .requireFewGroups(room.header().kind(), members)
                  .compose(v -> roll.audit().created(owner, room.id()))
                  .compose(v -> commit(room, statements, extension))
                  .compose(v -> rows.save(room, room.header(), members))
                  .onSuccess(v -> keeper.made(room))
                  .compose(v -> progress.complete(room, Wish.NOTHING))
                  .map(room);
            });
  }

  private static RoomHeader header(RoomChain chain, Extension extension) {
    Bytes info = extension.info();
    RoomLabel label = new RoomLabel(false, "", info == null ? Bytes.EMPTY : info);
    return new RoomHeader(
        chain.kind(), chain.history(), label, ChainSync.standing(chain), RoomEpoch.NONE);
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
  private record Known(Extension extension, Map<Fingerprint, Person> people) {}

  private Future<Room> extend(
      Room room, Principal author, List<Statement> statements, Known known) {
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

  private Future<Void> commit(Room room, List<Statement> statements, Extension extension) {
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
  private Future<Map<Fingerprint, Person>> peopleFor(Principal who, List<Statement> statements) {
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

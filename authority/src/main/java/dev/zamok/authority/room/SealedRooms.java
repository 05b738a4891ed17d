package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Settlement.Wish;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rooms whose members' clients decide, by their chain. */
final class SealedRooms {
  private final RoomKeeper keeper;
  private final Progress progress;
  private final RoomRows rows;
  private final ChainDesk desk;
  private final ManagedRooms.Roll roll;
  private final Parents parents;
  private final ChainExtensions extensions;

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
    this.extensions = new ChainExtensions(keeper, progress, rows, desk, roll, parents);
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
        .compose(v -> extensions.peopleFor(owner, statements))
        .compose(
            people ->
                keeper.inTurnIfAny(
                    id,
                    found ->
                        found
                            .map(
                                room ->
                                    again(
                                        room,
                                        owner,
                                        statements,
                                        new ChainExtensions.Known(extension, people)))
                            .orElseGet(
                                () ->
                                    create(
                                        owner,
                                        statements,
                                        new ChainExtensions.Known(extension, people)))));
  }

  private Future<Room> again(
      Room room, Principal owner, List<Statement> statements, ChainExtensions.Known known) {
    return progress.catchUp(room).compose(v -> extensions.extend(room, owner, statements, known));
  }

  private Future<Room> create(
      Principal owner, List<Statement> statements, ChainExtensions.Known known) {
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
                  .compose(v -> extensions.commit(room, statements, extension))
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
    return extensions.extend(author, id, extension);
  }
}

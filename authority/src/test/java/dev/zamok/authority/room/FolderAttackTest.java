package dev.zamok.authority.room;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChildAct;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members try with folders at the authority. The steward is of the owner's folder. */
class FolderAttackTest {
  @TempDir Path directory;
  private RoomBed bed;
  private TestMember owner;
  private TestMember reader;
  private TestMember steward;
  private TestMember stranger;
  private ChainMaker safe;
  private ChainMaker folder;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    owner = bed.town().join("owner");
    reader = bed.town().join("reader");
    steward = bed.town().join("steward");
    stranger = bed.town().join("stranger");
    safe = safe(owner);
    safe.add(owner, reader, Role.READER).add(owner, steward, Role.ADMIN);
    extend(owner, safe);
    folder = ChainMaker.folder(owner, safe.room());
    folder.add(owner, reader, Role.READER).does(owner, stewardship());
    int at = list(owner, safe, folder);
    Extension made = folder.extension(owner);
    bed.on(() -> create(owner, made, at));
  }

  private ChainOp stewardship() {
    folder.know(steward);
    return new ChainOp.Member(steward.fingerprint(), Role.STEWARD, steward.tag());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private ChainMaker safe(TestMember of) {
    ChainMaker maker = ChainMaker.begin(of, RoomKind.SAFE, History.FULL);
    Extension made = maker.extension(of);
    bed.on(() -> bed.rooms().sealed().create(of.principal(), RoomKind.SAFE, History.FULL, made));
    return maker;
  }

  private void extend(TestMember by, ChainMaker maker) {
    Extension extension = maker.extension(by);
    bed.on(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension));
  }

  /** Yields where the parent lists it from now on. */
  private int list(TestMember by, ChainMaker parent, ChainMaker inner) {
    parent.does(by, new ChainOp.Child(inner.room(), ChildAct.ADD, inner.chain().head()));
    extend(by, parent);
    return parent.chain().head().index();
  }

  private Future<Room> create(TestMember by, Extension made, @Nullable Integer listedAt) {
    return bed.rooms()
        .sealed()
        .create(by.principal(), RoomKind.FOLDER, History.FULL, made, listedAt);
  }

  private void refusesToMake(TestMember by, Extension made, @Nullable Integer listedAt) {
    refused(failure(bed.run(() -> create(by, made, listedAt))), Problem.CHAIN_INVALID);
  }

  private void refuses(TestMember by, ChainMaker maker, Problem problem) {
    Extension extension = maker.extension(by);
    refused(
        failure(
            bed.run(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension))),
        problem);
  }

  private static void refused(Throwable thrown, Problem problem) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }

  @Test
  void aFolderIsMadeThatItsParentDoesNotList() {
    ChainMaker ghost = ChainMaker.folder(stranger, safe.room());
    Extension made = ghost.extension(stranger);
    refusesToMake(stranger, made, null);
    refusesToMake(stranger, made, 0);
    refusesToMake(stranger, made, safe.chain().head().index());
    refusesToMake(stranger, made, safe.chain().head().index() + 1);
  }

  @Test
  void aFolderIsMadeBySomebodyElseThanWhoListedIt() {
    ChainMaker inner = ChainMaker.folder(stranger, safe.room());
    int at = list(owner, safe, inner);
    refusesToMake(stranger, inner.extension(stranger), at);
  }

  @Test
  void aFolderIsMadeWithOtherMembersThanItWasListedWith() {
    ChainMaker inner = ChainMaker.folder(owner, safe.room());
    ChainMaker other = inner.fork();
    int at = list(owner, safe, inner.add(owner, reader, Role.READER));
    other.add(owner, stranger, Role.READER);
    Extension first = inner.extension(owner);
    List<Bytes> statements = new ArrayList<>(first.statements().subList(0, 2));
    Extension later = other.extension(owner);
    statements.addAll(later.statements());
    List<Wraps.Given> wraps = new ArrayList<>(later.wraps());
    wraps.addAll(first.wraps().subList(0, 1));
    refusesToMake(owner, new Extension(statements, wraps, null), at);
  }

  @Test
  void aStewardAsksForKeysRecordsAndTickets() {
    var room = folder.room();
    assertThat(bed.on(() -> bed.rooms().desk().seen(steward.account(), room)).membership().role())
        .isEqualTo(Role.STEWARD);
    assertThat(
            bed.on(() -> bed.rooms().desk().statements(steward.account(), room, 0, null)).length())
        .isEqualTo(folder.chain().head().index() + 1);
    // Tickets, shares, records and history ask this.
    assertThat(bed.on(() -> bed.rooms().membership(steward.account(), room))).isEmpty();
    assertThat(bed.on(() -> bed.rooms().memberships(steward.account(), 10)))
        .noneMatch(membership -> membership.room().equals(room));
    refused(
        failure(bed.run(() -> bed.rooms().desk().wraps(steward.account(), room))),
        Problem.NOT_PERMITTED);
  }

  @Test
  void aWrapForAStewardComesAlong() {
    folder.remove(owner, reader).generation(owner);
    Extension whole = folder.extension(owner);
    List<Wraps.Given> wraps = new ArrayList<>(whole.wraps());
    wraps.add(folder.wrap(owner, steward.fingerprint()));
    Extension more = new Extension(whole.statements(), wraps, null);
    refused(
        failure(bed.run(() -> bed.rooms().sealed().extend(owner.principal(), folder.room(), more))),
        Problem.WRAP_INVALID);
  }

  @Test
  void aStewardLetsAnAccompliceReadAndHandsHimTheSecret() {
    folder.add(steward, stranger, Role.READER);
    Extension proposed = folder.extension(steward);
    // The secret is one that he would have to know.
    List<Wraps.Given> wraps = List.of(folder.wrap(steward, stranger.fingerprint()));
    Extension forged = new Extension(proposed.statements(), wraps, null);
    refused(
        failure(
            bed.run(() -> bed.rooms().sealed().extend(steward.principal(), folder.room(), forged))),
        Problem.WRAP_INVALID);
    bed.on(() -> bed.rooms().sealed().extend(steward.principal(), folder.room(), proposed));
    refused(
        failure(bed.run(() -> bed.rooms().desk().seen(stranger.account(), folder.room()))),
        Problem.NOT_FOUND);
    folder.role(owner, stranger, Role.READER);
    folder.wrapFor(stranger);
    extend(owner, folder);
    assertThat(bed.on(() -> bed.rooms().desk().wraps(stranger.account(), folder.room())))
        .hasSize(1);
  }

  @Test
  void whoIsMadeAStewardKeepsNoWrapAndNoTicket() {
    folder.role(owner, reader, Role.STEWARD).generation(owner);
    extend(owner, folder);
    assertThat(bed.on(() -> bed.rooms().membership(reader.account(), folder.room()))).isEmpty();
    assertThat(
            bed.on(() -> bed.rooms().desk().seen(reader.account(), folder.room()))
                .membership()
                .role())
        .isEqualTo(Role.STEWARD);
    refused(
        failure(bed.run(() -> bed.rooms().desk().wraps(reader.account(), folder.room()))),
        Problem.NOT_PERMITTED);
  }

  @Test
  void whatAStewardRemovesIsOwedAGenerationThatAReaderMakes() {
    folder.remove(steward, reader);
    extend(steward, folder);
    assertThat(
            bed.on(() -> bed.rooms().header(folder.room()))
                .orElseThrow()
                .standing()
                .owesGeneration())
        .isTrue();
    assertThat(bed.on(() -> bed.rooms().membership(reader.account(), folder.room()))).isEmpty();
    folder.generation(owner);
    extend(owner, folder);
    assertThat(
            bed.on(() -> bed.rooms().header(folder.room()))
                .orElseThrow()
                .standing()
                .owesGeneration())
        .isFalse();
  }

  @Test
  void aFolderMovesToAParentThatDoesNotListIt() {
    ChainMaker other = safe(owner);
    folder.does(owner, new ChainOp.Parent(other.room(), other.chain().head()));
    refuses(owner, folder, Problem.CHAIN_INVALID);
  }

  @Test
  void aFolderMovesByAStatementThatListsAnother() {
    ChainMaker other = safe(owner);
    ChainMaker inner = ChainMaker.folder(owner, other.room());
    list(owner, other, inner);
    folder.does(owner, new ChainOp.Parent(other.room(), other.chain().head()));
    refuses(owner, folder, Problem.CHAIN_INVALID);
  }

  @Test
  void aFolderMovesWhereBothSayItAndIsDissolved() {
    ChainMaker other = safe(owner);
    int at = list(owner, other, folder);
    ChainHead added = other.chain().head();
    assertThat(added.index()).isEqualTo(at);
    folder.does(owner, new ChainOp.Parent(other.room(), added));
    extend(owner, folder);
    safe.does(owner, new ChainOp.Child(folder.room(), ChildAct.REMOVE, ChainHead.NONE));
    extend(owner, safe);
    folder.remove(owner, reader).remove(owner, steward).remove(owner, owner);
    extend(owner, folder);
    refused(
        failure(bed.run(() -> bed.rooms().desk().seen(owner.account(), folder.room()))),
        Problem.NOT_FOUND);
  }
}

package dev.zamok.authority.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Await;
import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried at the authority by those who come in, and by those who let them in. */
class NewcomerAttackTest {
  private static final long LATE = Long.MAX_VALUE / 2;

  private final SigningKey key = SigningKey.generate(new SecureRandom());
  @TempDir Path directory;
  private RoomBed bed;
  private TestMember owner;
  private TestMember writer;
  private TestMember invited;
  private ChainMaker maker;
  private int invite;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    owner = bed.town().join("owner");
    writer = bed.town().join("writer");
    invited = bed.town().join("invited");
    maker =
        ChainMaker.begin(owner, RoomKind.SAFE, History.FULL)
            .add(owner, writer, Role.WRITER)
            .invite(owner, key, Role.READER, LATE);
    invite = maker.chain().head().index();
    Extension extension = extension(owner);
    bed.on(
        () ->
            bed.rooms().sealed().create(owner.principal(), RoomKind.SAFE, History.FULL, extension));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Extension extension(TestMember by) {
    Extension made = maker.extension(by);
    return new Extension(made.statements(), made.wraps(), null, new Permitting());
  }

  private void accept() {
    maker.accept(invited, invite, key);
    Extension extension = extension(invited);
    bed.on(() -> bed.rooms().sealed().extend(invited.principal(), maker.room(), extension));
  }

  private Problem refused(TestMember by, Extension extension) {
    return refusal(
        bed.run(() -> bed.rooms().sealed().extend(by.principal(), maker.room(), extension)));
  }

  private static Problem refusal(Future<?> future) {
    return ((Refusal) Await.failure(future)).problem();
  }

  private Future<RoomDesk.Piece> chain(TestMember who, int index, Bytes proof) {
    return bed.run(
        () -> bed.rooms().newcomers().chain(who.account(), maker.room(), index, proof, 0));
  }

  private Bytes proofFor(TestMember who) {
    return key.sign(ChainOp.Accept.proof(maker.room(), invite, who.fingerprint()));
  }

  @Test
  void anAcceptanceComesByTheRequestThatDoesNotLookAtTheClock() {
    maker.accept(invited, invite, key);
    Extension plain = maker.extension(invited);
    assertThat(
            refusal(
                bed.run(
                    () -> bed.rooms().sealed().extend(invited.principal(), maker.room(), plain))))
        .isEqualTo(Problem.CHAIN_INVALID);
  }

  @Test
  void theChainIsReadWithTheProofOfAnotherOrOfNobody() {
    assertThat(Await.await(chain(invited, invite, proofFor(invited))).length())
        .isEqualTo(maker.chain().head().index() + 1);
    TestMember stranger = bed.town().join("stranger");
    Bytes stolen = proofFor(invited);
    assertThat(refusal(chain(stranger, invite, stolen))).isEqualTo(Problem.NOT_FOUND);
    assertThat(refusal(chain(invited, invite - 1, stolen))).isEqualTo(Problem.NOT_FOUND);
    RoomId elsewhere = new RoomId(0x0200_0000_0000_0001L, 7);
    assertThat(
            refusal(
                bed.run(
                    () ->
                        bed.rooms()
                            .newcomers()
                            .chain(invited.account(), elsewhere, invite, stolen, 0))))
        .isEqualTo(Problem.NOT_FOUND);
    accept();
    assertThat(refusal(chain(invited, invite, stolen))).as("used").isEqualTo(Problem.NOT_FOUND);
  }

  @Test
  void whoAcceptedIsNobodyUntilAnAdminLetsHimIn() {
    accept();
    RoomId room = maker.room();
    assertThat(bed.on(() -> bed.rooms().membership(invited.account(), room))).isEmpty();
    assertThat(bed.on(() -> bed.rooms().memberships(invited.account(), 10))).isEmpty();
    assertThat(refusal(bed.run(() -> bed.rooms().desk().wraps(invited.account(), room))))
        .isEqualTo(Problem.NOT_FOUND);
    assertThat(refusal(bed.run(() -> bed.rooms().desk().seen(invited.account(), room))))
        .isEqualTo(Problem.NOT_FOUND);

    Extension in = maker.add(owner, invited, Role.READER).extension(owner);
    assertThat(refused(owner, new Extension(in.statements(), List.of(), null)))
        .isEqualTo(Problem.WRAP_INVALID);
    bed.on(() -> bed.rooms().sealed().extend(owner.principal(), room, in));
    assertThat(bed.on(() -> bed.rooms().membership(invited.account(), room))).isPresent();
    assertThat(bed.on(() -> bed.rooms().desk().wraps(invited.account(), room))).hasSize(1);
  }

  @Test
  void theNextSecretIsWrappedForWhoMerelyAccepted() {
    accept();
    Extension next = maker.generation(owner).extension(owner);
    List<Wraps.Given> more = new ArrayList<>(next.wraps());
    more.add(maker.wrap(owner, invited.fingerprint()));
    assertThat(refused(owner, new Extension(next.statements(), more, null)))
        .isEqualTo(Problem.WRAP_INVALID);
    bed.on(() -> bed.rooms().sealed().extend(owner.principal(), maker.room(), next));
    assertThat(next.wraps())
        .extracting(Wraps.Given::recipient)
        .doesNotContain(invited.fingerprint());
  }

  /** Leaves everything to the chain. */
  private static final class Permitting implements Cargo {
    @Override
    public void before(RoomChain chain) {}

    @Override
    public void check(RoomChain chain, List<Statement> fresh) {}

    @Override
    public Future<Void> store(RoomId room) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> stored(RoomId room, List<Statement> statements) {
      return Future.succeededFuture();
    }
  }
}

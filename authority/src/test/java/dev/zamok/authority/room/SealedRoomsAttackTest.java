package dev.zamok.authority.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.room.Wrap;
import dev.zamok.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused of an extension of a chain, though the chain alone would take some of it. */
class SealedRoomsAttackTest extends SealedRoomsBed {
  @Test
  void outsiderCannotExtendChain() {
    ChainMaker maker = room(History.FULL);
    TestMember outsider = bed.town().join("outsider");
    ChainMaker mine = maker.fork().know(outsider);
    mine.add(owner, outsider, Role.OWNER);

    refuses(extend(outsider, maker.room(), mine.extension(owner)), Problem.CHAIN_INVALID);
    assertThat(membership(outsider, maker.room())).isEmpty();

    ChainMaker own = ChainMaker.begin(outsider, History.FULL);
    refuses(extend(outsider, maker.room(), own.extension(outsider)), Problem.NOT_FOUND);
  }

  @Test
  void memberCannotSendStatementsSignedByAnother() {
    ChainMaker maker = room(History.FULL);
    maker.role(owner, third, Role.WRITER);

    refuses(extend(friend, maker.room(), maker.extension(owner)), Problem.CHAIN_INVALID);
  }

  @Test
  void statementByUnprivilegedMemberIsRefused() {
    ChainMaker maker = room(History.FULL);
    // A chain in which the reader is an admin: his statement is well formed and signed by him.
    ChainMaker wishful = maker.fork();
    wishful.role(owner, third, Role.ADMIN);
    wishful.extension(owner);
    wishful.role(third, friend, Role.READER);
    refuses(extend(third, maker.room(), wishful.extension(third)), Problem.CHAIN_CONFLICT);

    ChainMaker forged = maker.fork();
    Extension removal =
        new Extension(List.of(Forgery.removal(forged.chain(), third, owner)), List.of(), null);
    refuses(extend(third, maker.room(), removal), Problem.CHAIN_INVALID);
    assertThat(membership(owner, maker.room())).isPresent();
  }

  @Test
  void alteredStatementIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.role(owner, third, Role.WRITER);
    byte[] altered = maker.extension(owner).statements().get(0).toByteArray();
    altered[altered.length - 1] ^= 1;

    Extension extension = new Extension(List.of(Bytes.wrap(altered)), List.of(), null);
    refuses(extend(owner, maker.room(), extension), Problem.CHAIN_INVALID);
  }

  @Test
  void afterARefusedExtensionTheChainIsAsBefore() {
    ChainMaker maker = room(History.FULL);
    ChainMaker lost = maker.fork();
    lost.role(owner, third, Role.WRITER).remove(owner, friend);
    refuses(extend(owner, maker.room(), lost.extension(owner)), Problem.WRAP_INVALID);

    assertThat(membership(friend, maker.room())).isPresent();
    maker.role(owner, third, Role.ADMIN);
    extended(owner, maker);
    assertThat(membership(third, maker.room()).orElseThrow().role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void wrapMissingForAMemberIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.remove(owner, friend).generation(owner);
    Extension whole = maker.extension(owner);
    List<Wraps.Given> fewer =
        whole.wraps().stream()
            .filter(wrap -> !wrap.recipient().equals(third.fingerprint()))
            .toList();

    refuses(
        extend(owner, maker.room(), new Extension(whole.statements(), fewer, null)),
        Problem.WRAP_INVALID);
    assertThat(membership(friend, maker.room())).isPresent();
    bed.on(() -> bed.rooms().sealed().extend(owner.principal(), maker.room(), whole));
    assertThat(membership(friend, maker.room())).isEmpty();
  }

  @Test
  void removalWithoutANewSecretIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.remove(owner, friend);

    refuses(extend(owner, maker.room(), maker.extension(owner)), Problem.WRAP_INVALID);
  }

  @Test
  void joinWithoutANewSecretIsRefusedWhereHistoryIsFromJoin() {
    ChainMaker maker = room(History.FROM_JOIN);
    TestMember newcomer = bed.town().join("newcomer");
    maker.add(owner, newcomer, Role.WRITER);

    refuses(extend(owner, maker.room(), maker.extension(owner)), Problem.WRAP_INVALID);
  }

  @Test
  void wrapForSomebodyWhoIsNotAMemberIsRefused() {
    ChainMaker maker = room(History.FULL);
    TestMember outsider = bed.town().join("outsider");
    maker.know(outsider).role(owner, third, Role.WRITER);
    Extension extension = maker.extension(owner);
    List<Wraps.Given> wraps = new ArrayList<>(extension.wraps());
    wraps.add(maker.wrap(owner, outsider.fingerprint()));

    refuses(
        extend(owner, maker.room(), new Extension(extension.statements(), wraps, null)),
        Problem.WRAP_INVALID);
  }

  @Test
  void memberWhoseCardNobodyKnowsIsRefused() {
    ChainMaker maker = room(History.FULL);
    TestMember ghost = TestMember.make("ghost", bed.random());
    maker.add(owner, ghost, Role.WRITER);

    refuses(extend(owner, maker.room(), maker.extension(owner)), Problem.CHAIN_INVALID);
  }

  private static Extension with(Extension extension, Wraps.Given more) {
    List<Wraps.Given> wraps = new ArrayList<>(extension.wraps());
    wraps.add(more);
    return new Extension(extension.statements(), wraps, null);
  }

  @Test
  void leaverCannotReplaceTheWrapOfAnotherMember() {
    ChainMaker maker = room(History.FULL);
    ChainMaker leaving = maker.fork();
    // Well formed and signed by the leaver: nothing but its place gives it away.
    Wraps.Given own = leaving.wrap(friend, third.fingerprint());
    leaving.remove(friend, friend);
    Extension left = leaving.extension(friend);
    refuses(extend(friend, maker.room(), with(left, own)), Problem.WRAP_INVALID);
    byte[] garbage = new byte[Wrap.SIZE];
    garbage[0] = 1;
    Wraps.Given forged = new Wraps.Given(1, third.fingerprint(), Bytes.wrap(garbage));
    refuses(extend(friend, maker.room(), with(left, forged)), Problem.WRAP_INVALID);

    List<Wraps.Kept> served = bed.on(() -> bed.rooms().desk().wraps(third.account(), maker.room()));
    assertThat(served.stream().map(Wraps.Kept::wrapper)).containsExactly(owner.fingerprint());
  }

  @Test
  void removerCannotReplaceTheWrapsOfEarlierGenerations() {
    ChainMaker maker = room(History.FULL);
    Wraps.Given past = maker.wrap(owner, third.fingerprint());
    maker.remove(owner, friend).generation(owner);

    refuses(extend(owner, maker.room(), with(maker.extension(owner), past)), Problem.WRAP_INVALID);
  }

  @Test
  void unsignedGarbageInPlaceOfAWrapIsRefused() {
    ChainMaker maker = room(History.FULL);
    maker.remove(owner, friend).generation(owner);
    Extension whole = maker.extension(owner);
    List<Wraps.Given> wraps = new ArrayList<>();
    for (Wraps.Given given : whole.wraps()) {
      byte[] altered = given.wrap().toByteArray();
      altered[40] ^= (byte) (given.recipient().equals(third.fingerprint()) ? 1 : 0);
      wraps.add(new Wraps.Given(given.g(), given.recipient(), Bytes.wrap(altered)));
    }

    refuses(
        extend(owner, maker.room(), new Extension(whole.statements(), wraps, null)),
        Problem.WRAP_INVALID);
  }

  @Test
  void laterWrapOfTheSameGenerationDoesNotShadowTheFirst() {
    ChainMaker maker = room(History.FULL);
    for (int i = 0; i < 8; i++) {
      maker.role(owner, third, i % 2 == 0 ? Role.WRITER : Role.READER);
      Statement later = Statement.parse(maker.extension(owner).statements().get(0));
      Extension change = new Extension(List.of(later.encoded()), List.of(), null);
      bed.on(() -> bed.rooms().sealed().extend(owner.principal(), maker.room(), change));
      Wraps.Given again = maker.wrap(owner, third.fingerprint());
      bed.on(
          () -> new Wraps(bed.store()).put(maker.chain(), Wraps.Origin.of(later), List.of(again)));
      List<Wraps.Kept> served =
          bed.on(() -> bed.rooms().desk().wraps(third.account(), maker.room()));
      assertThat(served).hasSize(1);
      assertThat(served.get(0).wrap()).isNotEqualTo(again.wrap());
    }
  }
}

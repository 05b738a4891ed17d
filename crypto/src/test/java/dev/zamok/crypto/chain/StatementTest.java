package dev.zamok.crypto.chain;

import static dev.zamok.crypto.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
  private static final Hash HASH = Hash.of(Bytes.EMPTY);
  private static final SigningKey KEY = SigningKey.generate(new SeededRandom("key"));

  static final List<ChainOp> OPS =
      List.of(
          Fixtures.create(RoomKind.SAFE, History.NONE, ALICE),
          ChainScript.member(ALICE, Role.ADMIN),
          ChainScript.remove(ALICE),
          new ChainOp.Generation(7, HASH, Bytes.EMPTY),
          new ChainOp.Generation(7, HASH, Bytes.wrap(new byte[61])),
          new ChainOp.Item(new ItemId(1, 2), 3, ItemAct.PUT, HASH),
          new ChainOp.Item(new ItemId(1, 2), 3, ItemAct.REMOVE, Hash.ZERO),
          new ChainOp.Invite(KEY.publicKey(), Role.READER, 99),
          ChainOp.Accept.sign(Fixtures.SEALED, 5, ALICE.fingerprint(), Fixtures.tag(ALICE), KEY),
          new ChainOp.Child(Fixtures.SEALED, ChildAct.ADD, new ChainHead(3, HASH)),
          new ChainOp.Child(Fixtures.SEALED, ChildAct.REMOVE, ChainHead.NONE),
          new ChainOp.Parent(Fixtures.SEALED, new ChainHead(3, HASH)));

  @Test
  void everyOperationComesBackFromItsBytes() {
    for (ChainOp op : OPS) {
      ChainHead at = new ChainHead(4, HASH);
      Statement signed = Statement.sign(Fixtures.SEALED, at, op, 1234, ALICE);
      Statement parsed = Statement.parse(signed.encoded());
      assertThat(parsed.op()).isEqualTo(op);
      assertThat(parsed.encoded()).isEqualTo(signed.encoded());
      assertThat(parsed.hash()).isEqualTo(signed.hash());
      assertThat(parsed.timeMillis()).isEqualTo(1234);
      assertThat(parsed.encoded().size()).isLessThanOrEqualTo(Statement.BYTES_MAX);
      parsed.verify(ALICE.card());
    }
  }

  @Test
  void bodiesThatAreCutOrTooLongAreRefused() {
    for (ChainOp op : OPS) {
      Bytes body = ChainOpCodec.body(op);
      assertThat(ChainOpCodec.decode(op.code(), body)).isEqualTo(op);
      Bytes cut = body.slice(0, body.size() - 1);
      assertThatThrownBy(() -> ChainOpCodec.decode(op.code(), cut))
          .isInstanceOf(MalformedException.class);
      Bytes longer = new ByteWriter().bytes(body).u8(0).toBytes();
      assertThatThrownBy(() -> ChainOpCodec.decode(op.code(), longer))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void codesThatAreNotAssignedAreRefused() {
    assertThatThrownBy(() -> Role.of(6)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RoomKind.of(0)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RoomKind.of(7)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> History.of(4)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> ItemAct.of(0)).isInstanceOf(MalformedException.class);
  }

  @Test
  void oversizedStatementIsRefusedUnread() {
    assertThatThrownBy(() -> Statement.parse(Bytes.wrap(new byte[Statement.BYTES_MAX + 1])))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void roomAndPredecessorAreZeroExactlyInTheFirstStatement() {
    ChainOp op = ChainScript.remove(ALICE);
    ChainHead start = new ChainHead(0, HASH);
    assertThatThrownBy(() -> Statement.sign(Statement.NO_ROOM, start, op, 0, ALICE))
        .isInstanceOf(MalformedException.class);
    ChainHead later = new ChainHead(1, Hash.ZERO);
    assertThatThrownBy(() -> Statement.sign(Fixtures.SEALED, later, op, 0, ALICE))
        .isInstanceOf(MalformedException.class);
  }
}

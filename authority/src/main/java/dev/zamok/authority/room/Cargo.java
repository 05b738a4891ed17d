package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.List;

/**
 * What comes along with statements and belongs to another domain: checked with them, stored before
 * them. All in one turn of the room, in the order of the methods.
 */
public interface Cargo {
  /** Looks at the chain before anything of the request is in it. Fails with {@link Refusal}. */
  void before(RoomChain chain);

  /**
   * Whether it fits the statements that are new, which the chain has taken. Off the event loop.
   * Fails with {@link Refusal}.
   */
  void check(RoomChain chain, List<Statement> fresh);

  /** Before the statements are stored; what they then do not name must do no harm. */
  Future<Void> store(RoomId room);

  /** After they are stored, and again whenever the request is repeated. */
  Future<Void> stored(RoomId room, List<Statement> statements);

  /** An invitation, or its acceptance; a withdrawal may go with a removal. */
  private static boolean letsIn(Statement statement) {
    return statement.op() instanceof ChainOp.Accept
        || (statement.op() instanceof ChainOp.Invite invite && invite.role() != Role.NONE);
  }

  /** Nothing: then no statement may be about an item, make an invitation or accept one. */
  Cargo NONE =
      new Cargo() {
        @Override
        public void before(RoomChain chain) {}

        @Override
        public void check(RoomChain chain, List<Statement> fresh) {
          if (fresh.stream().anyMatch(statement -> statement.op() instanceof ChainOp.Item)) {
            throw Refusal.because(Problem.CHAIN_INVALID, "an item comes with its record");
          }
          if (fresh.stream().anyMatch(Cargo::letsIn)) {
            throw Refusal.because(Problem.CHAIN_INVALID, "invitations have requests of their own");
          }
        }

        @Override
        public Future<Void> store(RoomId room) {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> stored(RoomId room, List<Statement> fresh) {
          return Future.succeededFuture();
        }
      };
}

package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.ChainException;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChildAct;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the chain of another room must say before a folder is made or moved into it: a statement
 * there lists the folder. Statements never change, so one row tells, whoever holds the lease of
 * that room. What became of the listing since, every client sees for itself.
 *
 * <p>Fails with {@link Refusal}, the same whether there is no such room or no such statement.
 */
final class Parents {
  private final Chains chains;

  Parents(Chains chains) {
    this.chains = chains;
  }

  /**
   * A folder that is to be made.
   *
   * @param statements of the request, from the first of the chain on
   * @param listedAt where its parent's chain lists it
   */
  Future<Void> requireListed(List<Statement> statements, @Nullable Integer listedAt) {
    Statement first = statements.get(0);
    RoomId folder = first.roomIdOfFirst();
    if (!(first.op() instanceof ChainOp.Create op) || listedAt == null || listedAt < 0) {
      throw notListed();
    }
    return at(op.parent(), listedAt)
        .map(
            found -> {
              boolean fits =
                  found
                      .filter(statement -> statement.author().equals(first.author()))
                      .filter(statement -> lists(statement, op.parent(), folder))
                      .map(statement -> ((ChainOp.Child) statement.op()).head())
                      .filter(head -> isOf(head, statements))
                      .isPresent();
              if (!fits) {
                throw notListed();
              }
              return null;
            });
  }

  /** Whatever of these moves the folder. */
  Future<Void> requireListed(RoomId folder, List<Statement> statements) {
    List<Future<Void>> checks = new ArrayList<>();
    for (Statement statement : statements) {
      if (statement.op() instanceof ChainOp.Parent op) {
        checks.add(requireListed(folder, op));
      }
    }
    return Future.all(checks).mapEmpty();
  }

  private Future<Void> requireListed(RoomId folder, ChainOp.Parent op) {
    return at(op.parent(), op.added().index())
        .map(
            found -> {
              boolean fits =
                  found
                      .filter(statement -> statement.hash().equals(op.added().hash()))
                      .filter(statement -> lists(statement, op.parent(), folder))
                      .isPresent();
              if (!fits) {
                throw notListed();
              }
              return null;
            });
  }

  private Future<Optional<Statement>> at(RoomId room, int index) {
    return chains.read(room, index, 1).map(rows -> rows.stream().findFirst().flatMap(Parents::of));
  }

  private static Optional<Statement> of(Bytes encoded) {
    try {
      return Optional.of(Statement.parse(encoded));
    } catch (ChainException | MalformedException e) {
      return Optional.empty();
    }
  }

  private static boolean lists(Statement statement, RoomId parent, RoomId folder) {
    return statement.room().equals(parent)
        && statement.op() instanceof ChainOp.Child child
        && child.act() == ChildAct.ADD
        && child.folder().equals(folder);
  }

  private static boolean isOf(ChainHead head, List<Statement> statements) {
    return head.index() < statements.size()
        && statements.get(head.index()).hash().equals(head.hash());
  }

  private static Refusal notListed() {
    return Refusal.because(Problem.CHAIN_INVALID, "its parent does not list it");
  }
}

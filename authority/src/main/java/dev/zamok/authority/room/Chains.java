package dev.zamok.authority.room;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The statements of sealed rooms in the store, and the chains verified from them. Verifying goes
 * through the pool; a chain is used by one turn of its room at a time.
 */
final class Chains {
  private final SealedStore store;
  private final People people;
  private final WorkerExecutor pool;

  Chains(SealedStore store, People people, WorkerExecutor pool) {
    this.store = store;
    this.people = people;
    this.pool = pool;
  }

  /** The encoded statements from {@code from} on, at most {@code max}. */
  Future<List<Bytes>> read(RoomId room, int from, int max) {
    Range range = new Range(RoomTables.number(from), null, max, false);
    return store
        .range(RoomTables.STATEMENT, room.toBytes(), range)
        .map(rows -> rows.stream().map(Row::body).toList());
  }

  /** All or none, each at its index; statements that are there already count as inserted. */
  Future<Outcome> insert(RoomId room, List<Statement> statements) {
    List<Change> changes = new ArrayList<>(statements.size());
    for (Statement statement : statements) {
      changes.add(Change.insert(RoomTables.number(statement.index()), statement.encoded()));
    }
    return store.batch(RoomTables.STATEMENT, room.toBytes(), changes);
  }

  /** The chain of a room, verified from its first statement on, and kept in {@code room}. */
  Future<RoomChain> of(Room room) {
    RoomChain known = room.chain();
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return verified(room.id(), new ArrayList<>()).onSuccess(room::chain);
  }

  /** The chain of another room, verified and not kept; null when there is none. */
  Future<@Nullable RoomChain> verified(RoomId room) {
    return read(room, 0, 1)
        .compose(
            first ->
                first.isEmpty()
                    ? Future.<@Nullable RoomChain>succeededFuture()
                    : verified(room, new ArrayList<>()).map(chain -> chain));
  }

  private Future<RoomChain> verified(RoomId room, List<Statement> found) {
    return all(room, found)
        .compose(
            statements ->
                cardsOf(statements).compose(cards -> run(() -> replay(statements, cards))));
  }

  private Future<List<Statement>> all(RoomId room, List<Statement> found) {
    return read(room, found.size(), Range.LIMIT_MAX)
        .compose(
            more -> {
              more.forEach(encoded -> found.add(Statement.parse(encoded)));
              return more.size() < Range.LIMIT_MAX
                  ? Future.succeededFuture(found)
                  : all(room, found);
            });
  }

  private Future<Cards> cardsOf(List<Statement> statements) {
    Set<Fingerprint> authors = new LinkedHashSet<>();
    statements.forEach(statement -> authors.add(statement.author()));
    return people.byFingerprints(authors).map(Chains::cards);
  }

  static Cards cards(Map<Fingerprint, Person> people) {
    return fingerprint -> {
      Person person = people.get(fingerprint);
      return person == null ? null : person.card();
    };
  }

  private static RoomChain replay(List<Statement> statements, Cards cards) {
    Statement first = statements.get(0);
    RoomChain chain =
        RoomChain.start(first, Objects.requireNonNull(cards.byFingerprint(first.author())));
    for (Statement statement : statements.subList(1, statements.size())) {
      chain.append(statement, cards);
    }
    return chain;
  }

  /** Off the event loop. */
  <T> Future<T> run(Callable<T> task) {
    return pool.executeBlocking(task, false);
  }
}

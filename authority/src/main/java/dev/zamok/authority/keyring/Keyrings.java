package dev.zamok.authority.keyring;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.RowSeal;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Brings a keyring and a store together: a keyring that does not open what is there is refused, and
 * a new one is made only for an empty store.
 *
 * <p>The store holds a mark per key, sealed under that key, so that a missing key and a wrong one
 * are noticed at the start and by name.
 */
public final class Keyrings {
  /**
   * So long it is known that a key was added. Should its keyring be lost before it was copied,
   * another one may be added then.
   */
  static final Duration ADDED = Duration.ofDays(1);

  private static final Bytes MARK = ServerTables.ascii("kek");

  private final Vertx vertx;
  private final Store store;
  private final KeyringFile file;
  private final Clock clock;
  private final SecureRandom random;

  public Keyrings(Vertx vertx, Store store, KeyringFile file, Clock clock, SecureRandom random) {
    this.vertx = vertx;
    this.store = store;
    this.file = file;
    this.clock = clock;
    this.random = random;
  }

  /** Fails with {@link KeyringProblem}; then neither the store nor the file was changed. */
  public Future<Keyring> open() {
    Future<Optional<Keyring>> found = vertx.executeBlocking(file::read);
    Future<List<Row>> marks =
        store.range(ServerTables.KEK, ServerTables.KEKS, Range.first(Keyring.KEYS_MAX));
    Future<Boolean> empty = store.isEmpty();
    return Future.all(found, marks, empty)
        .compose(
            all ->
                found.result().isPresent()
                    ? checked(found.result().get(), marks.result(), empty.result())
                        .compose(this::checkedAdded)
                    : made(marks.result(), empty.result()))
        .compose(keyring -> mark(keyring).map(keyring));
  }

  /**
   * Adds a fresh key, seals everything under it, and yields the keyring. Only while nothing else
   * uses the store: a running authority would go on with the old key.
   *
   * <p>The old keys stay in the file, for older backups need them. Interrupted, the keyring has its
   * new key; then {@link Rewrap} does the rest.
   *
   * @param tables all that there are
   */
  public Future<Keyring> rotate(Keyring keyring, List<Table> tables) {
    Keyring next = keyring.rotate(random);
    return replaced(next).compose(v -> rewrap(next, tables)).map(next);
  }

  /**
   * Adds a fresh key to the file, under which nothing is sealed yet; does nothing when there is
   * such a key. The first step of a rotation while authorities run: each of them must have this
   * very file, and have been started with it, before {@link #activate}.
   *
   * <p>The store notes it for a day, so that whoever adds another key of the same number elsewhere
   * is told, and his file is as it was; and so is an authority that is started with such a key.
   * After that {@link #activate} tells it.
   */
  public Future<Keyring> add(Keyring keyring) {
    boolean there = keyring.newestId() > keyring.activeId();
    Future<Keyring> added =
        there ? Future.succeededFuture(keyring) : replaced(keyring.adding(random));
    return added.compose(
        next ->
            note(next)
                .recover(
                    failure ->
                        there || !(failure instanceof KeyringProblem)
                            // it may be noted: then it must stay
                            ? Future.failedFuture(failure)
                            : replaced(keyring).compose(v -> Future.failedFuture(failure)))
                .map(next));
  }

  /** Notes the newest key; fails with {@link KeyringProblem} where another one is noted. */
  private Future<Void> note(Keyring keyring) {
    int id = keyring.newestId();
    RowKey key = ServerTables.KEK.key(ServerTables.ADDED, ServerTables.id(id));
    Bytes body = new KeyringSeal(keyring.activating(), random).seal(key, 1, MARK);
    return store
        .get(key)
        .compose(
            present ->
                present.isPresent()
                    ? Future.succeededFuture()
                    : store
                        .batch(
                            ServerTables.KEK,
                            ServerTables.ADDED,
                            List.of(
                                new Change.Insert(key.sort(), body, clock.instant().plus(ADDED))))
                        .<Void>mapEmpty())
        .compose(v -> added())
        .compose(
            rows ->
                rows.stream().allMatch(row -> agrees(keyring, row))
                    ? Future.succeededFuture()
                    : elsewhere(id));
  }

  private Future<List<Row>> added() {
    return store.range(ServerTables.KEK, ServerTables.ADDED, Range.first(Keyring.KEYS_MAX));
  }

  private <T> Future<T> elsewhere(int id) {
    return Future.failedFuture(
        new KeyringProblem(
            "another key %d was added on another machine: copy its keyring to %s"
                    .formatted(id, file.path())
                + ". Nothing was changed."));
  }

  /** Whether the keyring has the key of a row, or none of its number. Marks tell of active ones. */
  private boolean agrees(Keyring keyring, Row row) {
    int id = row.sort().reader().u32();
    if (id <= keyring.activeId() || !keyring.ids().contains(id)) {
      return true;
    }
    try {
      return new KeyringSeal(keyring, random)
          .open(row.key(), row.version(), row.body())
          .equals(MARK);
    } catch (CryptoFailure e) {
      return false;
    }
  }

  /**
   * Makes the newest key the active one, in the file; does nothing when it is. The second step: to
   * be done once, and the file copied, or on each machine. The store notes the key first, so that
   * another key of the same number is refused, here and wherever an authority starts.
   */
  public Future<Keyring> activate(Keyring keyring) {
    Keyring next = keyring.activating();
    return next.activeId() == keyring.activeId()
        ? Future.succeededFuture(keyring)
        : mark(next).compose(v -> sameKey(next)).compose(v -> replaced(next));
  }

  /**
   * The last step, once all authorities were started with the active key: seals everything under
   * it. Yields how many rows were not. Beside normal work, as often as one likes.
   *
   * @param tables all that there are
   */
  public Future<Integer> rewrap(Keyring keyring, List<Table> tables) {
    return mark(keyring)
        .compose(v -> new Rewrap(store, new KeyringSeal(keyring, random), keyring).run(tables));
  }

  /** The keys under which there may be rows, newest first. */
  public Future<List<Integer>> marked() {
    return store
        .range(ServerTables.KEK, ServerTables.KEKS, Range.first(Keyring.KEYS_MAX))
        .map(
            marks ->
                marks.stream()
                    .map(mark -> mark.sort().reader().u32())
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList());
  }

  private Future<Keyring> replaced(Keyring next) {
    return vertx.executeBlocking(
        () -> {
          file.replace(next);
          return next;
        });
  }

  private Future<Keyring> made(List<Row> marks, boolean empty) {
    if (!empty) {
      return Future.failedFuture(
          new KeyringProblem(
              "the keyring %s is missing, and the database holds data that is sealed under %s."
                      .formatted(file.path(), keys(marks))
                  + " Restore the keyring from its backup; a new one would open nothing."
                  + " Nothing was changed."));
    }
    return vertx.executeBlocking(
        () -> {
          Keyring fresh = Keyring.generate(random);
          file.create(fresh);
          return fresh;
        });
  }

  private Future<Keyring> checked(Keyring keyring, List<Row> marks, boolean empty) {
    if (marks.isEmpty() && !empty) {
      return problem(
          "the database does not say under which keys its rows are sealed: it is damaged");
    }
    RowSeal seal = new KeyringSeal(keyring, random);
    for (Row mark : marks) {
      int id = mark.sort().reader().u32();
      if (!keyring.ids().contains(id)) {
        return problem(
            "the keyring %s lacks key %d, under which rows of the database are sealed"
                .formatted(file.path(), id));
      }
      try {
        if (!seal.open(mark.key(), mark.version(), mark.body()).equals(MARK)) {
          throw new CryptoFailure();
        }
      } catch (CryptoFailure e) {
        return problem(
            "key %d of the keyring %s is not the one that the database was sealed under"
                .formatted(id, file.path()));
      }
    }
    return Future.succeededFuture(keyring);
  }

  private Future<Keyring> checkedAdded(Keyring keyring) {
    return added()
        .compose(
            rows -> {
              for (Row row : rows) {
                if (!agrees(keyring, row)) {
                  return elsewhere(row.sort().reader().u32());
                }
              }
              return Future.succeededFuture(keyring);
            });
  }

  private Future<Keyring> problem(String what) {
    return Future.failedFuture(
        new KeyringProblem(
            what + ". Restore the keyring that belongs to this database. Nothing was changed."));
  }

  private Future<Void> mark(Keyring keyring) {
    RowKey key = ServerTables.KEK.key(ServerTables.KEKS, ServerTables.id(keyring.activeId()));
    return store
        .get(key)
        .compose(
            present -> {
              if (present.isPresent()) {
                return Future.succeededFuture(Outcome.APPLIED);
              }
              Bytes body = new KeyringSeal(keyring, random).seal(key, 1, MARK);
              List<Change> insert = List.of(Change.insert(key.sort(), body));
              return store.batch(ServerTables.KEK, ServerTables.KEKS, insert);
            })
        .compose(outcome -> outcome.applied() ? Future.succeededFuture() : sameKey(keyring));
  }

  /** Somebody else may have marked a key of this number: is it the same one? */
  private Future<Void> sameKey(Keyring keyring) {
    return store
        .range(ServerTables.KEK, ServerTables.KEKS, Range.first(Keyring.KEYS_MAX))
        .compose(marks -> checked(keyring, marks, false))
        .mapEmpty();
  }

  private static String keys(List<Row> marks) {
    if (marks.isEmpty()) {
      return "keys of it";
    }
    List<Integer> ids = marks.stream().map(m -> m.sort().reader().u32()).toList();
    return (ids.size() == 1 ? "key " : "keys ") + ids.toString().replaceAll("[\\[\\]]", "");
  }
}

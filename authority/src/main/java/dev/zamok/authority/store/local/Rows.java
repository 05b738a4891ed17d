package dev.zamok.authority.store.local;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.roomlog.sqlite.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The statements, inside one transaction at one time of the clock. */
final class Rows {
  private static final String LIVE = " AND (expires IS NULL OR expires > ?)";

  private final Session session;
  private final long now;

  Rows(Session session, long now) {
    this.session = session;
    this.now = now;
  }

  Optional<Row> get(RowKey key) {
    return session.first(
        "SELECT version, body FROM store_row WHERE tbl = ? AND part = ? AND sort = ?" + LIVE,
        row -> new Row(key, row.getLong(1), Bytes.wrap(row.getBytes(2))),
        key.table().name(),
        key.partition(),
        key.sort(),
        now);
  }

  List<Row> range(Table table, Bytes partition, Range range) {
    return session.query(
        "SELECT sort, version, body FROM store_row WHERE tbl = ? AND part = ? AND sort >= ?"
            + " AND (? IS NULL OR sort < ?)"
            + LIVE
            + (range.reverse() ? " ORDER BY sort DESC LIMIT ?" : " ORDER BY sort LIMIT ?"),
        row ->
            new Row(
                table.key(partition, Bytes.wrap(row.getBytes(1))),
                row.getLong(2),
                Bytes.wrap(row.getBytes(3))),
        table.name(),
        partition,
        range.from(),
        range.to(),
        range.to(),
        now,
        range.limit());
  }

  List<Row> scan(Table table, @Nullable RowKey after, int limit) {
    return session.query(
        "SELECT part, sort, version, body FROM store_row WHERE tbl = ? AND (part, sort) > (?, ?)"
            + LIVE
            + " ORDER BY part, sort LIMIT ?",
        row ->
            new Row(
                table.key(Bytes.wrap(row.getBytes(1)), Bytes.wrap(row.getBytes(2))),
                row.getLong(3),
                Bytes.wrap(row.getBytes(4))),
        table.name(),
        after == null ? Bytes.EMPTY : after.partition(),
        after == null ? Bytes.EMPTY : after.sort(),
        now,
        limit);
  }

  /** Steps from name to name: the index answers each step without reading the rows between. */
  static Set<String> tables(Session session) {
    Set<String> names = new TreeSet<>();
    Optional<String> name = Optional.of("");
    while (name.isPresent()) {
      name =
          session.first(
              "SELECT tbl FROM store_row WHERE tbl > ? ORDER BY tbl LIMIT 1",
              row -> row.getString(1),
              name.get());
      name.ifPresent(names::add);
    }
    return names;
  }

  /** There is one writer: what the checks saw still holds when the changes are made. */
  Outcome batch(Table table, Bytes partition, List<Change> changes) {
    boolean[] present = new boolean[changes.size()];
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      Optional<Row> found = get(table.key(partition, change.sort()));
      long version = found.map(Row::version).orElse(0L);
      boolean same = table.kind().insertOnly() && isSame(change, found);
      if (!same && version != change.expected()) {
        return Outcome.conflict(i, version);
      }
      present[i] = same;
    }
    for (int i = 0; i < changes.size(); i++) {
      if (!present[i]) {
        make(table, partition, changes.get(i));
      }
    }
    return Outcome.APPLIED;
  }

  private static boolean isSame(Change change, Optional<Row> found) {
    return change instanceof Change.Insert insert
        && found.isPresent()
        && found.get().body().equals(insert.body());
  }

  private void make(Table table, Bytes partition, Change change) {
    // An expired row may still lie there; a replaced one goes.
    session.update(
        "DELETE FROM store_row WHERE tbl = ? AND part = ? AND sort = ?",
        table.name(),
        partition,
        change.sort());
    Optional<Written> written = change.accept(WRITTEN);
    if (written.isPresent()) {
      write(table.key(partition, change.sort()), written.get());
    }
  }

  private void write(RowKey key, Written written) {
    session.update(
        "INSERT INTO store_row (tbl, part, sort, version, body, expires) VALUES (?, ?, ?, ?, ?, ?)",
        key.table().name(),
        key.partition(),
        key.sort(),
        written.version,
        written.body,
        written.expires == null ? null : written.expires.toEpochMilli());
  }

  /** What a change leaves behind. */
  private record Written(long version, Bytes body, @Nullable Instant expires) {}

  private static final Change.Visitor<Optional<Written>> WRITTEN =
      new Change.Visitor<>() {
        @Override
        public Optional<Written> insert(Change.Insert change) {
          return Optional.of(new Written(1, change.body(), change.expires()));
        }

        @Override
        public Optional<Written> put(Change.Put change) {
          return Optional.of(new Written(change.expected() + 1, change.body(), change.expires()));
        }

        @Override
        public Optional<Written> delete(Change.Delete change) {
          return Optional.empty();
        }
      };
}

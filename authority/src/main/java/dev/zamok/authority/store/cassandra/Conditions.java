package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.RowKey;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compare-and-set statements of {@link VersionedRows}.
 *
 * <p>All writing is by UPDATE, which leaves no mark of the row apart from its cells: a row is gone
 * when its cells are.
 */
final class Conditions {
  private final PreparedStatement create;
  private final PreparedStatement replace;
  private final PreparedStatement replaceExpired;
  private final PreparedStatement delete;
  private final PreparedStatement reseal;
  private final PreparedStatement remove;

  private Conditions(List<PreparedStatement> prepared) {
    create = prepared.get(0);
    replace = prepared.get(1);
    replaceExpired = prepared.get(2);
    delete = prepared.get(3);
    reseal = prepared.get(4);
    remove = prepared.get(5);
  }

  /**
   * Prepares the statements.
   *
   * @param table with its keyspace
   */
  static Future<Conditions> prepare(Cql cql, String table) {
    String row = " WHERE tbl = :tbl AND part = :part AND sort = :sort IF ";
    String update =
        "UPDATE "
            + table
            + " USING TTL :seconds SET version = :version, expires = :expires, body = :body"
            + row;
    String delete = "DELETE FROM " + table + row;
    List<Future<PreparedStatement>> prepared = new ArrayList<>();
    for (String text :
        List.of(
            update + "version = null",
            update + "version = :expected AND expires > :now",
            update + "version = :expected AND expires = :expired",
            delete + "version = :expected AND expires > :now",
            update + "version = :expected AND body = :former",
            delete + "EXISTS")) {
      prepared.add(cql.prepare(text, false));
    }
    return Future.all(prepared).map(all -> new Conditions(all.list()));
  }

  /**
   * What makes {@code change}.
   *
   * @param there an expired row that lies in the way of an insert
   */
  BoundStatement of(RowKey key, Change change, @Nullable Present there, long now) {
    return change.accept(
        new Change.Visitor<>() {
          @Override
          public BoundStatement insert(Change.Insert c) {
            BoundStatementBuilder statement = place(there == null ? create : replaceExpired, key);
            if (there != null) {
              statement =
                  statement
                      .setLong("expected", there.version())
                      .setLong("expired", there.expires());
            }
            return written(statement, 1, c.body(), Expiry.millis(c.expires()), now);
          }

          @Override
          public BoundStatement put(Change.Put c) {
            BoundStatementBuilder statement =
                place(replace, key).setLong("expected", c.expected()).setLong("now", now);
            return written(statement, c.expected() + 1, c.body(), Expiry.millis(c.expires()), now);
          }

          @Override
          public BoundStatement delete(Change.Delete c) {
            return place(delete, key).setLong("expected", c.expected()).setLong("now", now).build();
          }
        });
  }

  private static BoundStatement written(
      BoundStatementBuilder statement, long version, Bytes body, long expires, long now) {
    return statement
        .setLong("version", version)
        .setByteBuffer("body", body.asByteBuffer())
        .setLong("expires", expires)
        .setInt("seconds", Expiry.seconds(expires, now))
        .build();
  }

  /** Another seal of the same version. */
  BoundStatement reseal(RowKey key, Present there, Bytes body, long now) {
    BoundStatementBuilder statement =
        place(reseal, key)
            .setLong("expected", there.version())
            .setByteBuffer("former", there.body().asByteBuffer());
    return written(statement, there.version(), body, there.expires(), now);
  }

  /** Whatever is there. */
  BoundStatement remove(RowKey key) {
    return place(remove, key).build();
  }

  private static BoundStatementBuilder place(PreparedStatement statement, RowKey key) {
    return Selects.place(statement, key.table(), key.partition())
        .setByteBuffer("sort", key.sort().asByteBuffer());
  }
}

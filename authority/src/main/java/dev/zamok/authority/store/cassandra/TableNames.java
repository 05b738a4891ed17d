package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.zamok.authority.store.Table;
import io.vertx.core.Future;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tables were ever written to, in the CQL table
 *
 * <pre>
 * table_name (place text, tbl text), one partition "tables"
 * </pre>
 *
 * <p>A name is noted before the first row: finding the names in the rows would read them all.
 */
final class TableNames {
  private static final String PLACE = "tables";

  private final Cql cql;
  private final PreparedStatement note;
  private final PreparedStatement list;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  private TableNames(Cql cql, PreparedStatement note, PreparedStatement list) {
    this.cql = cql;
    this.note = note;
    this.list = list;
  }

  static Future<TableNames> prepare(Cql cql, String keyspace) {
    String table = keyspace + ".table_name";
    return cql.prepare("INSERT INTO " + table + " (place, tbl) VALUES (:place, :tbl)", true)
        .compose(
            note ->
                cql.prepare("SELECT tbl FROM " + table + " WHERE place = :place", true)
                    .map(list -> new TableNames(cql, note, list)));
  }

  Future<Void> note(Table table) {
    if (noted.contains(table.name())) {
      return Future.succeededFuture();
    }
    return cql.read(
            note.boundStatementBuilder()
                .setString("place", PLACE)
                .setString("tbl", table.name())
                .build())
        .onSuccess(done -> noted.add(table.name()))
        .mapEmpty();
  }

  Future<Set<String>> all() {
    return cql.all(list.boundStatementBuilder().setString("place", PLACE).build())
        .map(
            rows -> {
              Set<String> names = new TreeSet<>();
              rows.forEach(row -> names.add(row.getString("tbl")));
              return names;
            });
  }
}

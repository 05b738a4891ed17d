package dev.zamok.authority.audit;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.Node;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.protocol.Bytes;
import java.util.List;

/** What somebody does who may write the database. */
final class RowPlace {
  private RowPlace() {}

  /** Removes one row of a partition of immutable ones: drops it whole and writes back the rest. */
  static void remove(Node node, Bytes partition, int index) {
    List<Row> rows = await(node.store().range(AuditTables.AUDIT, partition, Range.first(100)));
    await(node.store().drop(AuditTables.AUDIT, partition));
    for (int i = 0; i < rows.size(); i++) {
      if (i != index) {
        Change back = Change.insert(rows.get(i).sort(), rows.get(i).body());
        await(node.store().batch(AuditTables.AUDIT, partition, List.of(back)));
      }
    }
  }
}

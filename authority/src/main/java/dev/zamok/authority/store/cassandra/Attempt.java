package dev.zamok.authority.store.cassandra;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch of compare-and-set changes, and what rows that were read say about it. */
record Attempt(Table table, Bytes partition, List<Change> changes) {
  List<Bytes> sorts() {
    return changes.stream().map(Change::sort).toList();
  }

  RowKey key(Change change) {
    return table.key(partition, change.sort());
  }

  /** The changes that are still to be made: in an insert-only table some may be there already. */
  List<Change> missing(Map<Bytes, Present> present) {
    return present.isEmpty() || !table.kind().insertOnly()
        ? changes
        : changes.stream().filter(change -> !isOurs(change, present)).toList();
  }

  /** The first change that these rows do not permit; null when they permit all. */
  @Nullable Outcome conflict(Map<Bytes, Present> present, long now) {
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      Present there = present.get(change.sort());
      boolean same = table.kind().insertOnly() && isOurs(change, present);
      long version = there != null && there.isLive(now) ? there.version() : 0;
      if (!same && version != change.expected()) {
        return Outcome.conflict(i, version);
      }
    }
    return null;
  }

  /**
   * Whether it was made: some row holds the very bytes of this attempt, which no other has. False
   * also for a batch that only removes.
   */
  boolean isMade(Map<Bytes, Present> present) {
    return changes.stream().anyMatch(change -> isOurs(change, present));
  }

  /**
   * Whether it can no longer be made, and was not: another change took a version that this one
   * would have made. What was made and undone since is not told apart from what never was; such
   * rows are in doubt.
   */
  @Nullable Outcome lost(Map<Bytes, Present> present) {
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      Present there = present.get(change.sort());
      boolean removes = change instanceof Change.Delete;
      long expected = change.expected();
      if (there != null
          && (removes ? there.version() > expected : there.version() == expected + 1)
          && !isOurs(change, present)) {
        return Outcome.conflict(i, there.version());
      }
    }
    return null;
  }

  /** Whether all rows are as the attempt expects them, so that it could still be made. */
  boolean isOpen(Map<Bytes, Present> present) {
    return changes.stream()
        .allMatch(
            change -> {
              Present there = present.get(change.sort());
              long version = there == null ? 0 : there.version();
              // What lies in the way of an insert is an expired row: the first read said so.
              return change instanceof Change.Insert || version == change.expected();
            });
  }

  private static boolean isOurs(Change change, Map<Bytes, Present> present) {
    Present there = present.get(change.sort());
    return there != null && change.accept(new Ours(there));
  }

  private record Ours(Present there) implements Change.Visitor<Boolean> {
    @Override
    public Boolean insert(Change.Insert change) {
      return there.version() == 1 && there.body().equals(change.body());
    }

    @Override
    public Boolean put(Change.Put change) {
      return there.version() == change.expected() + 1 && there.body().equals(change.body());
    }

    @Override
    public Boolean delete(Change.Delete change) {
      return false;
    }
  }
}

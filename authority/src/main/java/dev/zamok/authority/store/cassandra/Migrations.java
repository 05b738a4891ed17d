package dev.zamok.authority.store.cassandra;

import java.util.List;

/**
 * The steps of the schema, numbered from 1. Each may be repeated. Append steps, never change one
 * that was released.
 */
final class Migrations {
  private static final String KEY =
      "tbl text, part blob, sort blob, %s, PRIMARY KEY ((tbl, part), sort)";

  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE IF NOT EXISTS %s.immutable_row ("
                  + KEY.formatted("value blob")
                  + ") WITH compaction = {'class': 'SizeTieredCompactionStrategy'}",
              // Rows that are replaced often: levels keep what was replaced from piling up.
              "CREATE TABLE IF NOT EXISTS %s.versioned_row ("
                  + KEY.formatted("version bigint, expires bigint, body blob")
                  + ") WITH compaction = {'class': 'LeveledCompactionStrategy'}",
              "CREATE TABLE IF NOT EXISTS %s.table_name"
                  + " (place text, tbl text, PRIMARY KEY (place, tbl))"));

  static final int LATEST = STEPS.size();

  private Migrations() {}

  /** The statements that lead from {@code version} to the next. */
  static List<String> step(int version, String keyspace) {
    return STEPS.get(version).stream().map(text -> text.formatted(keyspace)).toList();
  }
}

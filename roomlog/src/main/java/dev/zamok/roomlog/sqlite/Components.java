package dev.zamok.roomlog.sqlite;

import dev.zamok.roomlog.sqlite.DatabaseProblem.Kind;
import java.nio.file.Path;

/** The table {@code component(name, version)}: which version of its tables each component has. */
final class Components {
  static final String CREATE =
      "CREATE TABLE component (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT";

  private Components() {}

  /** Brings the tables of a component to the version of {@code schema}, inside a transaction. */
  static void migrate(Session session, Schema schema, Path file) {
    int version =
        session
            .first(
                "SELECT version FROM component WHERE name = ?",
                row -> row.getInt(1),
                schema.component())
            .orElse(0);
    if (version > schema.version()) {
      throw new DatabaseProblem(
          Kind.NEWER_SCHEMA,
          "%s was written by a newer release (%s version %d, this one knows %d): install that one"
              .formatted(file, schema.component(), version, schema.version()));
    }
    if (version == schema.version()) {
      return;
    }
    for (var step : schema.steps().subList(version, schema.version())) {
      for (String statement : step) {
        session.execute(statement);
      }
    }
    session.update(
        "INSERT INTO component (name, version) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET version = excluded.version",
        schema.component(),
        schema.version());
  }
}

package dev.zamok.app.config;

import java.util.List;

/** Which store an authority uses. */
public sealed interface StoreSettings {
  /** In the data directory: for one process. */
  record Local() implements StoreSettings {}

  /**
   * Cassandra or ScyllaDB.
   *
   * @param contactPoints {@code host:port} each
   * @param dataCentre the one of this process, as the ring calls it
   * @param replication copies of every row when {@code migrate} makes the keyspace
   */
  record Cassandra(
      List<String> contactPoints,
      String dataCentre,
      String keyspace,
      int replication,
      LogSettings.Access access)
      implements StoreSettings {
    public Cassandra {
      contactPoints = List.copyOf(contactPoints);
    }
  }

  static StoreSettings read(Section section) {
    String kind = section.text("kind", "local");
    Section ring = section.section("cassandra");
    Cassandra settings =
        new Cassandra(
            ring.addresses("contactPoints"),
            ring.text("dataCentre", "datacenter1"),
            ring.text("keyspace", "zamok"),
            ring.number("replication", 3, 1, 9),
            LogSettings.Access.read(ring));
    if (kind.equals("cassandra") && settings.contactPoints().isEmpty()) {
      ring.problem("contactPoints", "at least one is needed");
    }
    if (!settings.keyspace().matches("[a-z][a-z0-9_]{0,47}")) {
      ring.problem("keyspace", "up to 48 small letters, digits and _ are wanted");
    }
    ring.end();
    if (!kind.equals("local") && !kind.equals("cassandra")) {
      section.problem("kind", "local or cassandra is wanted");
    }
    section.end();
    return kind.equals("cassandra") ? settings : new Local();
  }
}

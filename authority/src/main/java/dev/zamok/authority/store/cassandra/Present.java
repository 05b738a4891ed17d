package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.zamok.protocol.Bytes;
import java.util.Optional;

/** A versioned row as it lies there, expired or not. */
record Present(Bytes sort, long version, long expires, Bytes body) {
  /** Empty for what is left of a row while its cells expire one by one. */
  static Optional<Present> of(Row row) {
    if (row.isNull("version") || row.isNull("expires") || row.isNull("body")) {
      return Optional.empty();
    }
    return Optional.of(
        new Present(
            Selects.bytes(row, "sort"),
            row.getLong("version"),
            row.getLong("expires"),
            Selects.bytes(row, "body")));
  }

  boolean isLive(long now) {
    return expires > now;
  }
}

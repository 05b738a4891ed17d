package dev.zamok.authority.room;

import dev.zamok.protocol.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member wants to add to a chain.
 *
 * @param statements encoded, in order
 * @param info the sealed label of the room; null to leave it
 * @param cargo of another domain
 */
record Extension(
    List<Bytes> statements, List<Wraps.Given> wraps, @Nullable Bytes info, Cargo cargo) {
  static final int STATEMENTS_MAX = 200;
  static final int WRAPS_MAX = 1_000;

  Extension {
    statements = List.copyOf(statements);
    wraps = List.copyOf(wraps);
  }

  Extension(List<Bytes> statements, List<Wraps.Given> wraps, @Nullable Bytes info) {
    this(statements, wraps, info, Cargo.NONE);
  }
}

package dev.zamok.authority.link;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * link   versioned, expires; partition id 16: see {@link StoredLink}. Each opening replaces the row by
 *        one with a view less, the last one deletes it: of two at once one fails its compare-and-set
 * </pre>
 */
public final class LinkTables {
  static final Table LINK = Table.versioned("link");

  /** All of them. */
  public static final List<Table> ALL = List.of(LINK);

  static final int FORMAT = 1;

  private LinkTables() {}

  static RowKey link(Bytes id) {
    return LINK.key(id);
  }
}

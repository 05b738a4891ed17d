package dev.zamok.authority.alert;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * alert   versioned; partition "alert", sort kind ‖ 00 ‖ subject
 *         state u8 (1 raised, not told yet; 2 raised and told; 3 cleared, not told yet)
 *         ‖ at u64 ‖ L(text)
 * </pre>
 */
public final class AlertTables {
  static final Table ALERT = Table.versioned("alert");

  /** All of them. */
  public static final List<Table> ALL = List.of(ALERT);

  static final Bytes ALERTS = text("alert");

  private AlertTables() {}

  static RowKey key(String kind, String subject) {
    return ALERT.key(ALERTS, text(kind + '\0' + subject));
  }

  static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.zamok.authority.audit;

import dev.zamok.authority.store.Table;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The tables of this package. Days are UTC, written {@code yyyyMMdd}.
 *
 * <pre>
 * audit      immutable; partition day 8 ‖ run 8, sort index u64
 *            an {@link AuditEntry}
 * audit_run  immutable; partition day 8, sort run 8: which runs a day has
 *            nothing
 * </pre>
 */
public final class AuditTables {
  static final Table AUDIT = Table.immutable("audit");
  static final Table RUN = Table.immutable("audit_run");

  /** All of them. */
  public static final List<Table> ALL = List.of(AUDIT, RUN);

  private AuditTables() {}

  static Bytes day(LocalDate day) {
    String text = DateTimeFormatter.BASIC_ISO_DATE.format(day);
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  static Bytes index(long index) {
    return new ByteWriter(8).u64(index).toBytes();
  }

  static Bytes join(Bytes day, Bytes run) {
    return new ByteWriter(16).bytes(day).bytes(run).toBytes();
  }
}

package dev.zamok.authority.alert;

import dev.zamok.authority.store.Row;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;

/** An alert of the deployment: which authority tells of it may change while it lasts. */
record StoredAlert(
    String kind, String subject, State state, long atMillis, String text, long version) {

  /** How far it has come. */
  enum State {
    RAISED(1),
    TOLD(2),
    CLEARED(3);

    private final int code;

    State(int code) {
      this.code = code;
    }
  }

  String key() {
    return kind + '\0' + subject;
  }

  Alert alert() {
    return new Alert(kind, subject, text, state != State.CLEARED, atMillis);
  }

  StoredAlert next(State other, long nowMillis) {
    return new StoredAlert(kind, subject, other, nowMillis, text, version + 1);
  }

  Bytes body() {
    return new ByteWriter(64).u8(state.code).u64(atMillis).sized(AlertTables.text(text)).toBytes();
  }

  static StoredAlert of(Row row) {
    String sort = utf8(row.sort());
    int zero = sort.indexOf('\0');
    ByteReader in = row.body().reader();
    State state = state(in.u8());
    long at = in.u64();
    String text = utf8(in.sized());
    in.end();
    return new StoredAlert(
        sort.substring(0, zero), sort.substring(zero + 1), state, at, text, row.version());
  }

  private static State state(int code) {
    for (State state : State.values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new MalformedException("unknown state of an alert");
  }

  private static String utf8(Bytes bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}

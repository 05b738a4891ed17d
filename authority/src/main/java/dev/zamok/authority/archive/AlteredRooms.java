package dev.zamok.authority.archive;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rooms of which the store has another entry in some place than the log: they are not archived. Now
 * and then it is looked whether somebody repaired them, see {@link HistoryCheck}.
 */
final class AlteredRooms {
  static final Duration AGAIN = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(AlteredRooms.class);

  private final Map<RoomId, Found> rooms = new HashMap<>();

  private static final class Found {
    private long atMillis;
    private int times;
  }

  /**
   * Whether a room's own rows are at fault, which concerns no other room: another entry is in the
   * place of one, or a row does not open.
   */
  static boolean isTold(Throwable failure) {
    return failure instanceof ArchiveWriter.Altered || failure instanceof CryptoFailure;
  }

  int size() {
    return rooms.size();
  }

  boolean contains(RoomId room) {
    return rooms.containsKey(room);
  }

  /** It is so, once more. */
  void found(RoomId room, Throwable failure, String consequence, long nowMillis) {
    Found found = rooms.computeIfAbsent(room, r -> new Found());
    found.atMillis = nowMillis;
    found.times++;
    if (found.times == 1) {
      LOG.error("ALARM: room {}: {}; {}", room, failure.getMessage(), consequence);
    }
  }

  /** How often it was found; 0 when it was not. */
  int times(RoomId room) {
    Found found = rooms.get(room);
    return found == null ? 0 : found.times;
  }

  /**
   * All of the room could be stored.
   *
   * @param before what {@link #times} was before that: nothing was found meanwhile
   */
  void agrees(RoomId room, int before) {
    Found found = rooms.get(room);
    if (found != null && found.times == before) {
      LOG.info("room {}: log and store agree again", room);
      rooms.remove(room);
    }
  }

  /** Those to be tried again. */
  List<RoomId> due(long nowMillis) {
    return rooms.entrySet().stream()
        .filter(one -> Math.abs(nowMillis - one.getValue().atMillis) >= AGAIN.toMillis())
        .map(Map.Entry::getKey)
        .toList();
  }
}

package dev.zamok.load.audit;

import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.Map;

/**
 * A whole run, observed until all was quiet: every client was connected and nothing was under way.
 *
 * @param lossless whether the run may not lose anything; see {@link AckLevel#survives}
 * @param kept the log keeps at least so many of the newest entries of each room, with their ids:
 *     among them it takes no id twice
 */
public record Recording(
    List<Seat> seats,
    Map<RoomId, RoomHistory> histories,
    List<Removal> removals,
    List<FaultSpan> faults,
    boolean lossless,
    int kept) {
  /** Of a log that is not trimmed during the run. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Of a log that is not trimmed. */
  public Recording(
      List<Seat> seats,
      Map<RoomId, RoomHistory> histories,
      List<Removal> removals,
      List<FaultSpan> faults,
      boolean lossless) {
    this(seats, histories, removals, faults, lossless, ALL);
  }

  public Recording {
    seats = List.copyOf(seats);
    histories = Map.copyOf(histories);
    removals = List.copyOf(removals);
    faults = List.copyOf(faults);
  }

  /** Of a room that nobody could read, an empty one. */
  RoomHistory history(RoomId room) {
    RoomHistory history = histories.get(room);
    return history == null ? new RoomHistory(room, List.of()) : history;
  }
}

package dev.zamok.load.bench.wire;

import java.util.List;
import java.util.function.Supplier;

/**
 * Who a connection is.
 *
 * @param number counts from 0
 * @param rooms the numbers of the rooms it joins
 * @param ticket for servers that want one
 * @param receiveBytes what its kernel keeps for it, about; 0 for what the system likes
 */
public record Seat(int number, List<Integer> rooms, Supplier<String> ticket, int receiveBytes) {
  public Seat {
    rooms = List.copyOf(rooms);
  }

  public Seat(int number, List<Integer> rooms, Supplier<String> ticket) {
    this(number, rooms, ticket, 0);
  }

  /** As a program whose machine has little memory for it. */
  public Seat withReceiveBytes(int bytes) {
    return new Seat(number, rooms, ticket, bytes);
  }

  /** The place of {@code room} among its rooms. */
  public int slot(int room) {
    for (int i = 0; i < rooms.size(); i++) {
      if (rooms.get(i) == room) {
        return i;
      }
    }
    throw new IllegalArgumentException("not in room " + room);
  }
}

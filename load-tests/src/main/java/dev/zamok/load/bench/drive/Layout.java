package dev.zamok.load.bench.drive;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is in which room: all rooms of the same size, all connections in as many rooms.
 *
 * @param rooms how many
 * @param members connections in each
 * @param roomsOfEach how many rooms each connection joins
 */
public record Layout(int rooms, int members, int roomsOfEach) {
  public Layout {
    if (rooms < 1 || members < 1 || roomsOfEach < 1 || rooms % roomsOfEach != 0) {
      throw new IllegalArgumentException("rooms must divide evenly");
    }
  }

  /** Every connection in one room. */
  public static Layout of(int rooms, int members) {
    return new Layout(rooms, members, 1);
  }

  public int connections() {
    return rooms / roomsOfEach * members;
  }

  /** The rooms of one connection, counted from 0. */
  public List<Integer> roomsOf(int connection) {
    int first = connection / members * roomsOfEach;
    List<Integer> own = new ArrayList<>(roomsOfEach);
    for (int i = 0; i < roomsOfEach; i++) {
      own.add(first + i);
    }
    return own;
  }

  /** The connections in a room. */
  public int member(int room, int place) {
    return room / roomsOfEach * members + place;
  }

  /** The place of a connection and one of its rooms in a ledger. */
  int receiver(int connection, int room) {
    return connection * roomsOfEach + room % roomsOfEach;
  }
}

package dev.zamok.load.bench.drive;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is in which room: all rooms of the same size, all connections in as many rooms.
 *
 * <p>Rooms with the same people lie far apart in the numbers: traffic goes through rooms in their
 * order, and a connection whose rooms had their turn together would get several messages in one
 * write of a server that joins what goes to a connection, but not of one that joins what goes to a
 * room.
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
    return circles() * members;
  }

  /** Sets of connections that share all their rooms. */
  private int circles() {
    return rooms / roomsOfEach;
  }

  /** The rooms of one connection, counted from 0. */
  public List<Integer> roomsOf(int connection) {
    List<Integer> own = new ArrayList<>(roomsOfEach);
    for (int i = 0; i < roomsOfEach; i++) {
      own.add(connection / members + i * circles());
    }
    return own;
  }

  /** The connections in a room. */
  public int member(int room, int place) {
    return room % circles() * members + place;
  }

  /** The place of a connection and one of its rooms in a ledger. */
  int receiver(int connection, int room) {
    return connection * roomsOfEach + room / circles();
  }
}

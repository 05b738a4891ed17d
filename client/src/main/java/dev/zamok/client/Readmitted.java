package dev.zamok.client;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.Readmission;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rooms of an account that replaced its keys.
 *
 * @param rooms in which it was by a former card, or that could not be looked into
 * @param stale safes and folders of groups in which it was: they have the groups' new keys, and so
 *     take new versions, when an admin of theirs comes
 */
public record Readmitted(List<Place> rooms, List<RoomId> stale) {
  public Readmitted {
    rooms = List.copyOf(rooms);
    stale = List.copyOf(stale);
  }

  /**
   * A room.
   *
   * @param name null where it has none, or none that opens
   * @param how what became of it
   * @param role that the account has in it
   * @param admins the login names of those who can add the account again
   * @param problem why it could not be looked into or changed; null when nothing went wrong
   */
  public record Place(
      RoomId room,
      RoomKind kind,
      @Nullable String name,
      Readmission how,
      Role role,
      List<String> admins,
      @Nullable ClientProblem problem) {
    public Place {
      admins = List.copyOf(admins);
    }
  }
}

package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody is out of a safe; what that leaves to be done.
 *
 * @param open what he could open, as far as whoever shut him out can: to be changed where it is
 *     used
 * @param failed folders with rights of their own that he is still in, and why
 * @param beyond folders that he may be in, since whoever shut him out does not administer them: for
 *     somebody who does
 */
public record Revoked(List<SafeItem> open, Map<RoomId, ClientProblem> failed, Set<RoomId> beyond) {
  public Revoked {
    open = List.copyOf(open);
    failed = Map.copyOf(failed);
    beyond = Set.copyOf(beyond);
  }

  /** Whether he is out of every folder, too. */
  public boolean isWhole() {
    return failed.isEmpty() && beyond.isEmpty();
  }

  /** With what he could open in the safe itself first. */
  Revoked with(List<SafeItem> inSafe) {
    return new Revoked(Stream.concat(inSafe.stream(), open.stream()).toList(), failed, beyond);
  }
}

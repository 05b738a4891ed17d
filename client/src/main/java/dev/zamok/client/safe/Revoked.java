package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody is out of a safe; what that leaves to be done.
 *
 * @param open what he could open, as far as whoever shut him out can: to be changed where it is
 *     used
 * @param folders with rights of their own that he was put out of
 * @param failed folders that he is still in, and why; the safe itself where its folders or its
 *     contents could not be looked into
 * @param unread folders that he is out of, and why what he could open there is not among {@code
 *     open}, or not wholly
 * @param beyond folders that he may be in: whoever shut him out neither administers nor reads them,
 *     so that somebody who does is to look
 */
public record Revoked(
    List<SafeItem> open,
    Set<RoomId> folders,
    Map<RoomId, ClientProblem> failed,
    Map<RoomId, ClientProblem> unread,
    Set<RoomId> beyond) {
  static final Revoked NOTHING = new Revoked(List.of(), Set.of(), Map.of(), Map.of(), Set.of());

  public Revoked {
    open = List.copyOf(open);
    folders = Set.copyOf(folders);
    failed = Map.copyOf(failed);
    unread = Map.copyOf(unread);
    beyond = Set.copyOf(beyond);
  }

  /** Whether he is out of every folder, too, and all that he could open is told. */
  public boolean isWhole() {
    return failed.isEmpty() && unread.isEmpty() && beyond.isEmpty();
  }

  /** With what he could open in the safe itself first. */
  Revoked with(List<SafeItem> inSafe) {
    return new Revoked(
        Stream.concat(inSafe.stream(), open.stream()).toList(), folders, failed, unread, beyond);
  }

  Revoked failing(RoomId room, ClientProblem why) {
    Map<RoomId, ClientProblem> all = new HashMap<>(failed);
    all.put(room, why);
    return new Revoked(open, folders, all, unread, beyond);
  }
}

package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;

/**
 * A folder with rights of its own of which nothing is believed, since its chain, its keys or its
 * name do not verify. Whoever administers it can bring that about, and so can the server; the rest
 * of the safe stays open. Nothing is read in it, and nothing written under the path that it had.
 *
 * <p>One of which only records do not verify is told as this, too: its contents are not shown. Its
 * chain, which says who reads it, is believed: what comes is told by {@link SafeChanges}, and what
 * is added under its path lies in it, not in the room around.
 *
 * @param path from the safe on, with the id where its name cannot be read
 * @param why loud: people are to see it
 */
public record BrokenFolder(RoomId safe, RoomId folder, String path, ClientProblem why) {
  /**
   * Whether a problem with a folder is about what it is. Others, such as a server that is away or
   * is not the pinned one, are about everything.
   */
  static boolean isOne(ClientProblem problem) {
    return switch (problem.kind()) {
      case TAMPERED, CARD_CHANGED, CHAIN_ALARM -> true;
      default -> false;
    };
  }

  /** Hides the path. */
  @Override
  public String toString() {
    return "BrokenFolder[" + folder + " in " + safe + "]";
  }
}

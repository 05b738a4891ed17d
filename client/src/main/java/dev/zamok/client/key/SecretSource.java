package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.room.RoomSecret;
import java.util.concurrent.CompletableFuture;

/**
 * Where the secret of a room comes from. What it is depends on the trust in the room's id alone,
 * never on what a server says.
 */
interface SecretSource {
  /**
   * The secret that a verified rekey commits to. Fails with {@code TAMPERED}, or for want of it.
   */
  CompletableFuture<RoomSecret> forRekey(Rekey rekey);

  /** The index of the statement a rekey names; 0 in managed rooms. After {@link #forRekey}. */
  int chainIndex(Rekey rekey);

  /** What the authority served with its shares. */
  void served(Answers.Shares answer);
}

package dev.zamok.crypto.epoch;

import dev.zamok.crypto.Hash;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;

/**
 * What a rekey says.
 *
 * @param n the epoch it starts, from 1
 * @param g the generation of the room secret, from 1
 * @param hubShare {@code H_n}
 * @param check {@link AuthorityShare#check} of epoch n
 * @param commit to the room secret of generation g
 * @param chain {@code h(S_i)} of the newest statement; zero exactly in managed rooms
 * @param previous {@code h(R_(n-1))}; zero exactly for the first epoch, which is a reset
 */
public record RekeyTerms(
    RoomId room,
    int n,
    int g,
    RekeyKind kind,
    HubShare hubShare,
    Hash check,
    Hash commit,
    Hash chain,
    Hash previous) {

  /** Fails with {@link MalformedException}. */
  public RekeyTerms {
    if (n < 1 || g < 1) {
      throw new MalformedException("rekey without epoch or generation");
    }
    if ((n == 1) != previous.isZero() || (n == 1 && !kind.isReset())) {
      throw new MalformedException("rekey that is neither a first nor a later one");
    }
    if ((room.trust() == Trust.SEALED) == chain.isZero()) {
      throw new MalformedException("rekey with a chain where there is none, or without");
    }
  }
}

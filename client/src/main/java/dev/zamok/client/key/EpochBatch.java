package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.ControlKeys;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An unbroken run of epochs: each rekey verified, each share checked against its rekey.
 *
 * <p>Of the room secrets nothing is said here.
 */
final class EpochBatch {
  /** One epoch of the run. */
  record Step(Rekey rekey, AuthorityShare share) {}

  private EpochBatch() {}

  /** Fails with {@code TAMPERED}. Empty when nothing was served. */
  static List<Step> verify(RoomId room, ControlKeys control, Answers.Shares answer) {
    if (!answer.room().equals(room)) {
      throw ClientProblem.tampered("keys of another room");
    }
    Map<Integer, SecretBytes> shares = new HashMap<>();
    answer.shares().forEach(share -> shares.put(share.epoch(), share.share()));
    List<Step> steps = new ArrayList<>();
    for (Bytes encoded : answer.rekeys()) {
      Rekey rekey = rekey(room, control, encoded);
      Step before = steps.isEmpty() ? null : steps.get(steps.size() - 1);
      steps.add(next(before, rekey, shares.get(rekey.n())));
    }
    return steps;
  }

  /** Parses and verifies one rekey of the room. Fails with {@code TAMPERED}. */
  static Rekey rekey(RoomId room, ControlKeys control, Bytes encoded) {
    try {
      Rekey rekey = Rekey.parse(encoded).verify(control);
      if (rekey.room().equals(room)) {
        return rekey;
      }
    } catch (MalformedException | CryptoFailure e) {
      throw ClientProblem.tampered("a rekey that does not verify");
    }
    throw ClientProblem.tampered("a rekey of another room");
  }

  /**
   * The epoch after {@code before}.
   *
   * @param before null for the first of a run
   * @param given the share the authority served for it, if it did
   * @throws ClientProblem {@code NOT_ALLOWED} without a share that is needed, {@code TAMPERED} when
   *     something does not fit
   */
  static Step next(@Nullable Step before, Rekey rekey, @Nullable SecretBytes given) {
    try {
      if (before != null) {
        rekey.requireFollows(before.rekey());
      }
      boolean roll = before != null && !rekey.kind().isReset();
      if (!roll && given == null) {
        // Not there yet, or not for this member: nothing is contradicted.
        throw ClientProblem.of(Kind.NOT_ALLOWED, "the share of an epoch was not served");
      }
      AuthorityShare share =
          roll || given == null
              ? rolled(before, rekey)
              : new AuthorityShare(rekey.room(), rekey.n(), given);
      if (!rekey.matches(share)) {
        throw new CryptoFailure();
      }
      return new Step(rekey, share);
    } catch (CryptoFailure e) {
      throw ClientProblem.tampered("a rekey that does not fit");
    }
  }

  private static AuthorityShare rolled(@Nullable Step before, Rekey rekey) {
    if (before == null) {
      throw new CryptoFailure();
    }
    return before.share().ratchet(rekey.hubShare());
  }
}

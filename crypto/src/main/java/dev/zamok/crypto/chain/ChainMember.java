package dev.zamok.crypto.chain;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.MemberTag;

/**
 * A present member.
 *
 * @param since the index of the newest statement that made or changed this membership
 */
public record ChainMember(Fingerprint fingerprint, Role role, MemberTag tag, int since) {
  /**
   * The version that tickets carry: {@code since + 1}. A statement at index i that ends or lowers a
   * membership raises the lowest admitted version to i + 1, which admits nothing older, and every
   * later membership.
   */
  public int memberVersion() {
    return since + 1;
  }
}

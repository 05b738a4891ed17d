package dev.zamok.client.key;

import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.MemberTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of this account: the newest, and those that it replaced. A room knows it by these until
 * it is admitted anew, and until then there is no other way to act there. Immutable.
 */
public final class OwnKeys {
  /** The newest first. */
  private final List<Identity> all;

  /**
   * @param oldestFirst never empty
   */
  public OwnKeys(List<Identity> oldestFirst) {
    List<Identity> newestFirst = new ArrayList<>(oldestFirst);
    Collections.reverse(newestFirst);
    all = List.copyOf(newestFirst);
  }

  /** Of an account that never replaced them. */
  public static OwnKeys of(Identity only) {
    return new OwnKeys(List.of(only));
  }

  public Identity newest() {
    return all.get(0);
  }

  /** The newest first. */
  public List<Identity> all() {
    return all;
  }

  /** The newest first. */
  public List<Card> cards() {
    return all.stream().map(Identity::card).toList();
  }

  public boolean has(Fingerprint card) {
    return all.stream().anyMatch(one -> one.fingerprint().equals(card));
  }

  /**
   * As whom this account acts in a room: by the newest keys that have a role there, then those that
   * are waiting for one, the newest of all where it is nobody.
   */
  public Identity in(@Nullable RoomChain chain) {
    if (chain == null) {
      return newest();
    }
    return all.stream()
        .filter(one -> chain.role(one.fingerprint()) != Role.NONE)
        .findFirst()
        .or(() -> all.stream().filter(one -> isIn(chain, one)).findFirst())
        .orElse(newest());
  }

  /** As {@link #in}, by the keys that have this tag there. */
  public Identity in(@Nullable RoomChain chain, MemberTag tag) {
    Fingerprint named = chain == null ? null : chain.byTag(tag);
    Optional<Identity> tagged =
        all.stream().filter(one -> one.fingerprint().equals(named)).findFirst();
    return tagged.orElseGet(() -> in(chain));
  }

  /** Cards that were replaced, and by which the account is in a room all the same. */
  public List<Fingerprint> formerIn(RoomChain chain) {
    return all.stream().skip(1).filter(one -> isIn(chain, one)).map(Identity::fingerprint).toList();
  }

  private static boolean isIn(RoomChain chain, Identity one) {
    return chain.member(one.fingerprint()) != null;
  }

  @Override
  public String toString() {
    return "OwnKeys[" + newest().fingerprint() + "]";
  }
}

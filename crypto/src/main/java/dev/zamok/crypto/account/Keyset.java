package dev.zamok.crypto.account;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The private keys of an account, the same on all its devices: those of its newest card, and those
 * of every card before, since rooms know it by them until it is admitted anew.
 *
 * <pre>
 * sealed  = Suite 02 under UK of (ed25519 seed 32 ‖ x25519 secret 32) of each card, the first
 *           card's first: 145 bytes, and 64 more for every time the keys were replaced
 * context = ctx("keyset", account, seq u32)
 * </pre>
 *
 * <p>All cards follow from the keys: nobody need be asked which they were. Immutable.
 */
public final class Keyset {
  /** How many pairs of keys an account can have had, those of now among them. */
  public static final int PAIRS_MAX = 32;

  private static final int PAIR_SIZE = SigningKey.SEED_SIZE + AgreementKey.SIZE;

  /** Of the sealed form of one pair, in bytes. */
  public static final int SEALED_SIZE = PAIR_SIZE + Seal02.OVERHEAD_BYTES;

  /** The oldest first. */
  private final List<Pair> pairs;

  private record Pair(SigningKey signing, AgreementKey agreement) {
    @Override
    public String toString() {
      return "Pair[" + signing.publicKey() + "]";
    }
  }

  private Keyset(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /** The keys of an identity, without any before. */
  public static Keyset of(Identity identity) {
    return of(List.of(identity));
  }

  /** The keys of all cards of an account, the first card's first; at most {@link #PAIRS_MAX}. */
  public static Keyset of(List<Identity> identities) {
    if (identities.isEmpty() || identities.size() > PAIRS_MAX) {
      throw new IllegalArgumentException("no keyset has so many keys: " + identities.size());
    }
    return new Keyset(
        identities.stream().map(one -> new Pair(one.signing(), one.agreement())).toList());
  }

  public static Keyset generate(SecureRandom random) {
    return new Keyset(List.of(pair(random)));
  }

  private static Pair pair(SecureRandom random) {
    return new Pair(SigningKey.generate(random), AgreementKey.generate(random));
  }

  /** Whether a sealed keyset can have that many bytes. */
  public static boolean isSealedSize(int bytes) {
    int more = bytes - SEALED_SIZE;
    return more >= 0 && more % PAIR_SIZE == 0 && more / PAIR_SIZE < PAIRS_MAX;
  }

  /** Whether there is room for another pair. */
  public boolean isReplaceable() {
    return pairs.size() < PAIRS_MAX;
  }

  /** These keys, and new ones as the newest. */
  public Keyset replaced(SecureRandom random) {
    if (!isReplaceable()) {
      throw new IllegalStateException("no room for more keys");
    }
    List<Pair> more = new ArrayList<>(pairs);
    more.add(pair(random));
    return new Keyset(more);
  }

  /**
   * The sealed form.
   *
   * @param seq of the keyset, one higher with each replacement
   */
  public Bytes seal(UnlockKey key, AccountId account, int seq, SecureRandom random) {
    SecretBytes all = joined();
    try {
      return Seal02.with(key.key()).seal(context(account, seq), all, random);
    } finally {
      all.destroy();
    }
  }

  private SecretBytes joined() {
    SecretBytes all = SecretBytes.wrap(new byte[0]);
    for (Pair pair : pairs) {
      for (SecretBytes part : List.of(pair.signing.seed(), pair.agreement.secret())) {
        SecretBytes more = SecretBytes.join(all, part);
        all.destroy();
        all = more;
      }
    }
    return all;
  }

  /** Fails with {@link CryptoFailure}. */
  public static Keyset open(UnlockKey key, AccountId account, int seq, Bytes sealed) {
    if (!isSealedSize(sealed.size())) {
      throw new CryptoFailure();
    }
    int size = sealed.size() - Seal02.OVERHEAD_BYTES;
    SecretBytes all = Seal02.with(key.key()).openSecret(context(account, seq), sealed, size);
    try {
      List<Pair> pairs = new ArrayList<>();
      for (int at = 0; at < size; at += PAIR_SIZE) {
        int agreement = at + SigningKey.SEED_SIZE;
        pairs.add(
            new Pair(
                SigningKey.of(all.slice(at, agreement)),
                AgreementKey.of(all.slice(agreement, at + PAIR_SIZE))));
      }
      return new Keyset(pairs);
    } finally {
      all.destroy();
    }
  }

  /** A new account: its first card with these keys. */
  public Identity firstIdentity(AccountId account) {
    return identities(account).get(0);
  }

  /** One for each card that the account has or had, the first card's first. */
  public List<Identity> identities(AccountId account) {
    List<Identity> all = new ArrayList<>();
    Pair first = pairs.get(0);
    all.add(identity(Card.first(account, first.signing, first.agreement), first));
    for (Pair pair : pairs.subList(1, pairs.size())) {
      all.add(successor(all.get(all.size() - 1), pair));
    }
    return List.copyOf(all);
  }

  /** The card after {@code old}, with the newest of these keys. */
  public Identity successorOf(Identity old) {
    return successor(old, newest());
  }

  private static Identity successor(Identity old, Pair pair) {
    return identity(old.card().successor(old.signing(), pair.signing, pair.agreement), pair);
  }

  /** Fails with {@link CryptoFailure} when the newest keys are not those of the card. */
  public Identity identity(Card card) {
    return identity(card, newest());
  }

  private static Identity identity(Card card, Pair pair) {
    return new Identity(card, pair.signing, pair.agreement);
  }

  private Pair newest() {
    return pairs.get(pairs.size() - 1);
  }

  private static Bytes context(AccountId account, int seq) {
    return Context.of("keyset").account(account).u32(seq).toBytes();
  }

  @Override
  public String toString() {
    return "Keyset[" + newest().signing.publicKey() + "]";
  }
}

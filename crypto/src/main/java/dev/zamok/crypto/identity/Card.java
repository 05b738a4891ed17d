package dev.zamok.crypto.identity;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;

/**
 * The public keys of an account, signed by themselves: what others pin.
 *
 * <pre>
 * body      = ctx("card", account 16, seq u32, ed25519 32, x25519 32, previous 32)
 * Card      = body ‖ sig of ed25519 over body ‖ sig of the predecessor's ed25519 over body
 * of groups = ctx("group-card", group 16, g u32, ed25519 32, x25519 32) ‖ sig of ed25519 over it
 * F         = h(body)
 * </pre>
 *
 * <p>The card of a group is of one generation and has no successor: whoever was removed knows the
 * old keys. Which is the newest says the group's chain alone.
 *
 * <p>The first card has {@code seq} 1, {@code previous} zero and one signature; every later one
 * names the fingerprint of its predecessor and carries both. An instance has a valid own signature
 * ({@link UnprovenCard} proves it); that it succeeds another card is checked by {@link
 * #requireSuccessorOf}. Immutable.
 */
public final class Card {
  /** Enough for every card. */
  public static final int BYTES_MAX = 512;

  static final String LABEL = "card";
  static final String GROUP_LABEL = "group-card";

  private final UnprovenCard shape;
  private final VerifyKey signing;
  private final Fingerprint fingerprint;

  /** For {@link UnprovenCard} alone, which proves. */
  Card(UnprovenCard shape, VerifyKey signing) {
    this.shape = shape;
    this.signing = signing;
    this.fingerprint = shape.fingerprint();
  }

  /** The first card of an account. */
  public static Card first(AccountId account, SigningKey signing, AgreementKey agreement) {
    Bytes body = body(account, 1, signing.publicKey(), agreement.publicKey(), Hash.ZERO);
    return new UnprovenCard(join(body, signing.sign(body)), false).prove();
  }

  /** The card of generation {@code g} of a group. */
  public static Card ofGroup(RoomId group, int g, SigningKey signing, AgreementKey agreement) {
    Bytes body = groupBody(group, g, signing.publicKey(), agreement.publicKey());
    return new UnprovenCard(join(body, signing.sign(body)), true).prove();
  }

  /**
   * The same from its parts. Fails with {@link CryptoFailure} for keys that are not safe or not the
   * signer's.
   */
  public static Card ofGroup(
      RoomId group, int g, VerifyKey signing, Bytes agreement, Bytes signature) {
    return new UnprovenCard(join(groupBody(group, g, signing, agreement), signature), true).prove();
  }

  /** The card after this one, signed by the old and the new key. */
  public Card successor(SigningKey old, SigningKey signing, AgreementKey agreement) {
    Hash previous = new Hash(fingerprint.bytes());
    Bytes body = body(account(), seq() + 1, signing.publicKey(), agreement.publicKey(), previous);
    Card next =
        new UnprovenCard(join(join(body, signing.sign(body)), old.sign(body)), false).prove();
    next.requireSuccessorOf(this);
    return next;
  }

  /**
   * The card of an account, never a group's. Strict. Fails with {@link MalformedException}, or
   * {@link CryptoFailure} for keys that are not safe or not the signer's.
   */
  public static Card parse(Bytes encoded) {
    return UnprovenCard.parse(encoded).prove();
  }

  /**
   * Fails with {@link CryptoFailure} unless {@code old} is the card before this one and its key
   * signed this one. A card that fails is a stranger's.
   */
  public void requireSuccessorOf(Card old) {
    boolean follows =
        !isGroup()
            && !old.isGroup()
            && account().equals(old.account())
            && seq() == old.seq() + 1
            && previous().bytes().equals(old.fingerprint.bytes());
    if (!follows) {
      throw new CryptoFailure();
    }
    Bytes encoded = encoded();
    int signed = encoded.size() - VerifyKey.SIGNATURE_SIZE;
    old.signing.verify(shape.body(), encoded.slice(signed, encoded.size()));
  }

  /** Of a group: the id of its room. */
  public AccountId account() {
    return shape.account();
  }

  /** Whether it is a group's; {@link #seq} is then the generation. */
  public boolean isGroup() {
    return shape.isGroup();
  }

  /** 1 for the first card. */
  public int seq() {
    return shape.seq();
  }

  public VerifyKey signing() {
    return signing;
  }

  /** The X25519 public key, not of low order. */
  public Bytes agreement() {
    return shape.agreement();
  }

  /** The fingerprint of the predecessor, or zero. */
  public Hash previous() {
    return shape.previous();
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** With its signatures. */
  public Bytes encoded() {
    return shape.encoded();
  }

  /** By its own key; the successor's second signature is not among it. */
  public Bytes signature() {
    return shape.signature();
  }

  /** Equal cards may carry different signatures. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Card that && fingerprint.equals(that.fingerprint);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  @Override
  public String toString() {
    return "Card[" + fingerprint + "]";
  }

  private static Bytes body(
      AccountId account, int seq, VerifyKey signing, Bytes agreement, Hash previous) {
    return Context.of(LABEL)
        .account(account)
        .u32(seq)
        .bytes(signing.bytes())
        .bytes(agreement)
        .hash(previous)
        .toBytes();
  }

  private static Bytes groupBody(RoomId group, int g, VerifyKey signing, Bytes agreement) {
    return Context.of(GROUP_LABEL)
        .room(group)
        .u32(g)
        .bytes(signing.bytes())
        .bytes(agreement)
        .toBytes();
  }

  private static Bytes join(Bytes first, Bytes second) {
    return new ByteWriter(first.size() + second.size()).bytes(first).bytes(second).toBytes();
  }
}

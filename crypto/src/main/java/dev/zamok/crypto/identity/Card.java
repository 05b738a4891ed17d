package dev.zamok.crypto.identity;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
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
 * names the fingerprint of its predecessor and carries both. An instance has a valid own signature;
 * that it succeeds another card is checked by {@link #requireSuccessorOf}. Immutable.
 */
public final class Card {
  /** Enough for every card. */
  public static final int BYTES_MAX = 512;

  private static final String LABEL = "card";
  private static final String GROUP_LABEL = "group-card";

  private final AccountId account;
  private final int seq;
  private final VerifyKey signing;
  private final Bytes agreement;
  private final Hash previous;
  private final Bytes body;
  private final Bytes encoded;
  private final Fingerprint fingerprint;
  private final boolean group;

  private Card(Bytes encoded, boolean group) {
    ByteReader reader = encoded.reader();
    Context.expect(reader, group ? GROUP_LABEL : LABEL);
    this.group = group;
    account = AccountId.read(reader);
    seq = reader.u32();
    signing = VerifyKey.of(reader.bytes(VerifyKey.SIZE));
    agreement = reader.bytes(AgreementKey.SIZE);
    previous = group ? Hash.ZERO : Hash.read(reader);
    body = encoded.slice(0, encoded.size() - reader.remaining());
    Bytes own = reader.bytes(VerifyKey.SIGNATURE_SIZE);
    if (seq < 1 || (!group && (seq == 1) != previous.isZero())) {
      throw new MalformedException("card that is neither a first nor a later one");
    }
    if (!group && seq > 1) {
      reader.bytes(VerifyKey.SIGNATURE_SIZE);
    }
    reader.end();
    if (AgreementKey.isLowOrder(agreement)) {
      throw new CryptoFailure();
    }
    signing.verify(body, own);
    this.encoded = encoded;
    fingerprint = new Fingerprint(Hash.of(body).bytes());
  }

  /** The first card of an account. */
  public static Card first(AccountId account, SigningKey signing, AgreementKey agreement) {
    Bytes body = body(account, 1, signing.publicKey(), agreement.publicKey(), Hash.ZERO);
    return new Card(join(body, signing.sign(body)), false);
  }

  /** The card of generation {@code g} of a group. */
  public static Card ofGroup(RoomId group, int g, SigningKey signing, AgreementKey agreement) {
    Bytes body = groupBody(group, g, signing.publicKey(), agreement.publicKey());
    return new Card(join(body, signing.sign(body)), true);
  }

  /**
   * The same from its parts. Fails with {@link CryptoFailure} for keys that are not safe or not the
   * signer's.
   */
  public static Card ofGroup(
      RoomId group, int g, VerifyKey signing, Bytes agreement, Bytes signature) {
    return new Card(join(groupBody(group, g, signing, agreement), signature), true);
  }

  /** The card after this one, signed by the old and the new key. */
  public Card successor(SigningKey old, SigningKey signing, AgreementKey agreement) {
    Hash previous = new Hash(fingerprint.bytes());
    Bytes body = body(account, seq + 1, signing.publicKey(), agreement.publicKey(), previous);
    Card next = new Card(join(join(body, signing.sign(body)), old.sign(body)), false);
    next.requireSuccessorOf(this);
    return next;
  }

  /**
   * The card of an account, never a group's. Strict. Fails with {@link MalformedException}, or
   * {@link CryptoFailure} for keys that are not safe or not the signer's.
   */
  public static Card parse(Bytes encoded) {
    if (encoded.size() > BYTES_MAX) {
      throw new MalformedException("card of " + encoded.size() + " bytes");
    }
    return new Card(encoded, false);
  }

  /**
   * Fails with {@link CryptoFailure} unless {@code old} is the card before this one and its key
   * signed this one. A card that fails is a stranger's.
   */
  public void requireSuccessorOf(Card old) {
    boolean follows =
        !group
            && !old.group
            && account.equals(old.account)
            && seq == old.seq + 1
            && previous.bytes().equals(old.fingerprint.bytes());
    if (!follows) {
      throw new CryptoFailure();
    }
    int signed = encoded.size() - VerifyKey.SIGNATURE_SIZE;
    old.signing.verify(body, encoded.slice(signed, encoded.size()));
  }

  /** Of a group: the id of its room. */
  public AccountId account() {
    return account;
  }

  /** Whether it is a group's; {@link #seq} is then the generation. */
  public boolean isGroup() {
    return group;
  }

  /** 1 for the first card. */
  public int seq() {
    return seq;
  }

  public VerifyKey signing() {
    return signing;
  }

  /** The X25519 public key, not of low order. */
  public Bytes agreement() {
    return agreement;
  }

  /** The fingerprint of the predecessor, or zero. */
  public Hash previous() {
    return previous;
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** With its signatures. */
  public Bytes encoded() {
    return encoded;
  }

  /** By its own key; the successor's second signature is not among it. */
  public Bytes signature() {
    return encoded.slice(body.size(), body.size() + VerifyKey.SIGNATURE_SIZE);
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

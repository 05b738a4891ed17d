package dev.zamok.crypto.identity;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;

/**
 * A {@link Card} as it came: of the right shape, and nothing of it proven. It says which card it
 * is, so that one which is known need not be proven again. Immutable.
 */
public final class UnprovenCard {
  private final AccountId account;
  private final int seq;
  private final Bytes signing;
  private final Bytes agreement;
  private final Hash previous;
  private final Bytes body;
  private final Bytes encoded;
  private final boolean group;

  UnprovenCard(Bytes encoded, boolean group) {
    ByteReader reader = encoded.reader();
    Context.expect(reader, group ? Card.GROUP_LABEL : Card.LABEL);
    this.group = group;
    account = AccountId.read(reader);
    seq = reader.u32();
    signing = reader.bytes(VerifyKey.SIZE);
    agreement = reader.bytes(AgreementKey.SIZE);
    previous = group ? Hash.ZERO : Hash.read(reader);
    body = encoded.slice(0, encoded.size() - reader.remaining());
    reader.bytes(VerifyKey.SIGNATURE_SIZE);
    if (seq < 1 || (!group && (seq == 1) != previous.isZero())) {
      throw new MalformedException("card that is neither a first nor a later one");
    }
    if (!group && seq > 1) {
      reader.bytes(VerifyKey.SIGNATURE_SIZE);
    }
    reader.end();
    this.encoded = encoded;
  }

  /** Of an account, never of a group. Strict. Fails with {@link MalformedException}. */
  public static UnprovenCard parse(Bytes encoded) {
    if (encoded.size() > Card.BYTES_MAX) {
      throw new MalformedException("card of " + encoded.size() + " bytes");
    }
    return new UnprovenCard(encoded, false);
  }

  /** Fails with {@link CryptoFailure} for keys that are not safe or not the signer's. */
  public Card prove() {
    VerifyKey key = VerifyKey.of(signing);
    if (AgreementKey.isLowOrder(agreement)) {
      throw new CryptoFailure();
    }
    key.verify(body, signature());
    return new Card(this, key);
  }

  /**
   * The card, for bytes that this account proved before and kept under its own seal, and for no
   * others: its signature is not looked at. Its signing key is checked when it verifies first.
   */
  public Card provenBefore() {
    return new Card(this, VerifyKey.checkedBefore(signing));
  }

  public AccountId account() {
    return account;
  }

  int seq() {
    return seq;
  }

  Bytes agreement() {
    return agreement;
  }

  Hash previous() {
    return previous;
  }

  boolean isGroup() {
    return group;
  }

  Bytes body() {
    return body;
  }

  Bytes signature() {
    return encoded.slice(body.size(), body.size() + VerifyKey.SIGNATURE_SIZE);
  }

  /** With its signatures. */
  public Bytes encoded() {
    return encoded;
  }

  /** Computed each time. */
  public Fingerprint fingerprint() {
    return new Fingerprint(Hash.of(body).bytes());
  }

  @Override
  public String toString() {
    return "UnprovenCard[" + account + ", " + seq + "]";
  }
}

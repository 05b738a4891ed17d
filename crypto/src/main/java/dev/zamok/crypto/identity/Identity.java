package dev.zamok.crypto.identity;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.protocol.Bytes;

/** A card together with its private keys: what its owner signs and opens with. Thread-safe. */
public final class Identity {
  private final Card card;
  private final SigningKey signing;
  private final AgreementKey agreement;

  /** Fails with {@link CryptoFailure} when the keys are not those of the card. */
  public Identity(Card card, SigningKey signing, AgreementKey agreement) {
    if (!card.signing().equals(signing.publicKey())
        || !card.agreement().equals(agreement.publicKey())) {
      throw new CryptoFailure();
    }
    this.card = card;
    this.signing = signing;
    this.agreement = agreement;
  }

  public Card card() {
    return card;
  }

  public Fingerprint fingerprint() {
    return card.fingerprint();
  }

  public SigningKey signing() {
    return signing;
  }

  public AgreementKey agreement() {
    return agreement;
  }

  public Bytes sign(Bytes message) {
    return signing.sign(message);
  }

  @Override
  public String toString() {
    return "Identity[" + card.fingerprint() + "]";
  }
}

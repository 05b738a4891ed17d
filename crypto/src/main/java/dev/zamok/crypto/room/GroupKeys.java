package dev.zamok.crypto.room;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;

/**
 * The keys of a group, which all its members derive from the secret of its room.
 *
 * <pre>
 * ed25519 seed  = kdf(M_g, -, ctx("group-sign", group 16, g u32))
 * x25519 secret = kdf(M_g, -, ctx("group-agree", group 16, g u32))
 * </pre>
 */
public final class GroupKeys {
  private GroupKeys() {}

  /** Signs and opens as the group of that generation. */
  public static Identity of(RoomSecret secret) {
    SigningKey signing = SigningKey.of(key(secret, "group-sign"));
    AgreementKey agreement = AgreementKey.of(key(secret, "group-agree"));
    Card card = Card.ofGroup(secret.room(), secret.g(), signing, agreement);
    return new Identity(card, signing, agreement);
  }

  /**
   * The same, if they are the keys that the group's chain named. Fails with {@link CryptoFailure}:
   * then whoever made the generation named keys that its members do not have.
   */
  public static Identity of(RoomSecret secret, ChainGroup named) {
    Identity keys = of(secret);
    if (!keys.card().equals(named.card())) {
      throw new CryptoFailure();
    }
    return keys;
  }

  private static SecretBytes key(RoomSecret secret, String label) {
    return secret.derive(Context.of(label).room(secret.room()).u32(secret.g()));
  }
}

package dev.zamok.crypto.account;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.AccountId;
import java.security.SecureRandom;

/** {@code UK}: 32 random bytes that seal the keyset of an account. */
public final class UnlockKey {
  public static final int SIZE = 32;

  private final SecretBytes key;

  private UnlockKey(SecretBytes key) {
    this.key = key.requireSize(SIZE);
  }

  public static UnlockKey random(SecureRandom random) {
    return of(SecretBytes.random(random, SIZE));
  }

  static UnlockKey of(SecretBytes key) {
    return new UnlockKey(key);
  }

  /** This key under an unlock secret. An account has one wrap per secret. */
  public UnlockWrap wrap(AccountId account, int seq, UnlockSecret secret, SecureRandom random) {
    return UnlockWrap.seal(account, seq, key, secret, random);
  }

  SecretBytes key() {
    return key;
  }

  /** Zeroes the key. */
  public void destroy() {
    key.destroy();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnlockKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return SIZE;
  }

  @Override
  public String toString() {
    return "UnlockKey[]";
  }
}

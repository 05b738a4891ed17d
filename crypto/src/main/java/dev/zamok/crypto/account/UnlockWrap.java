package dev.zamok.crypto.account;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;

/**
 * The unlocking key of an account under one unlock secret.
 *
 * <pre>
 * stored  = type u8 ‖ seq u32 ‖ L(params) ‖ Suite 02 of UK 32, 113 bytes,
 *           under kdf(secret, -, ctx("unlock-key", account, type))
 * context = ctx("unlock", account, type u8, seq u32, L(params))
 * </pre>
 *
 * @param seq grows with every new wrap of the account
 * @param params public: a recipe for master passwords, else empty
 */
public record UnlockWrap(UnlockType type, int seq, Bytes params, Bytes sealed) {
  /** Enough for every stored form. */
  public static final int BYTES_MAX = 512;

  private static final int SEALED_SIZE = UnlockKey.SIZE + Seal02.OVERHEAD_BYTES;

  /** Fails with {@link MalformedException}. */
  public UnlockWrap {
    if (sealed.size() != SEALED_SIZE) {
      throw new MalformedException("unlock wrap of " + sealed.size() + " bytes");
    }
    if (type == UnlockType.MASTER_PASSWORD) {
      UnlockSecret.MasterParams.decode(params);
    } else if (!params.isEmpty()) {
      throw new MalformedException("parameters where there are none");
    }
  }

  static UnlockWrap seal(
      AccountId account, int seq, SecretBytes unlockKey, UnlockSecret secret, SecureRandom random) {
    UnlockType type = secret.type();
    Bytes context = context(account, type, seq, secret.params());
    Bytes sealed = key(account, secret).seal(context, unlockKey, random);
    return new UnlockWrap(type, seq, secret.params(), sealed);
  }

  /** Fails with {@link CryptoFailure}: a wrong secret, another account, or a changed wrap. */
  public UnlockKey open(AccountId account, UnlockSecret secret) {
    if (secret.type() != type || !secret.params().equals(params)) {
      throw new CryptoFailure();
    }
    Bytes context = context(account, type, seq, params);
    return UnlockKey.of(key(account, secret).openSecret(context, sealed, UnlockKey.SIZE));
  }

  /** How the master password is to be stretched. For that type alone. */
  public UnlockSecret.MasterParams masterParams() {
    if (type != UnlockType.MASTER_PASSWORD) {
      throw new IllegalStateException("not a master password");
    }
    return UnlockSecret.MasterParams.decode(params);
  }

  public Bytes encode() {
    return new ByteWriter(BYTES_MAX).u8(type.code()).u32(seq).sized(params).bytes(sealed).toBytes();
  }

  /** Strict. Fails with {@link MalformedException}, also for weak or excessive parameters. */
  public static UnlockWrap parse(Bytes stored) {
    if (stored.size() > BYTES_MAX) {
      throw new MalformedException("unlock wrap of " + stored.size() + " bytes");
    }
    ByteReader reader = stored.reader();
    return new UnlockWrap(UnlockType.of(reader.u8()), reader.u32(), reader.sized(), reader.rest());
  }

  private static Seal02 key(AccountId account, UnlockSecret secret) {
    Context info = Context.of("unlock-key").account(account).u8(secret.type().code());
    return Seal02.with(Kdf.derive(secret.secret(), info));
  }

  private static Bytes context(AccountId account, UnlockType type, int seq, Bytes params) {
    return Context.of("unlock").account(account).u8(type.code()).u32(seq).sized(params).toBytes();
  }
}

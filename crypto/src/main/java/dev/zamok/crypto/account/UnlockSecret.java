package dev.zamok.crypto.account;

import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.crypto.password.PasswordKdf;
import dev.zamok.crypto.password.Phc;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A secret that unlocks an account, with the public parameters it was made with.
 *
 * <ol>
 *   <li>master password: {@code KDF(password) 32 ‖ optional kit key 32}
 *   <li>recovery code: 16 bytes
 *   <li>device: {@code server code 32 ‖ device secret 32}
 * </ol>
 */
public final class UnlockSecret {
  /** A second secret of the master password, kept on paper or in a file: makes guessing useless. */
  public static final int KIT_KEY_SIZE = 32;

  public static final int SERVER_CODE_SIZE = 32;
  public static final int DEVICE_SECRET_SIZE = 32;

  private final UnlockType type;
  private final Bytes params;
  private final SecretBytes secret;

  private UnlockSecret(UnlockType type, Bytes params, SecretBytes secret) {
    this.type = type;
    this.params = params;
    this.secret = secret;
  }

  /**
   * A master password for a new wrap, under a fresh salt. Slow: see {@link PasswordKdf}.
   *
   * @param params the client's choice, never the server's; normally {@link KdfParams#DEFAULT}
   * @param kitKey 32 bytes, or null
   */
  public static UnlockSecret newMasterPassword(
      Password password, @Nullable SecretBytes kitKey, KdfParams params, SecureRandom random) {
    byte[] salt = new byte[Phc.SALT_SIZE];
    random.nextBytes(salt);
    Phc recipe = new Phc(params, Bytes.wrap(salt), null);
    return masterPassword(password, kitKey, new MasterParams(recipe, kitKey != null));
  }

  /**
   * The master password that a stored wrap asks for. Slow: see {@link PasswordKdf}.
   *
   * @param kitKey needed exactly when {@link MasterParams#kit} says so
   */
  public static UnlockSecret masterPassword(
      Password password, @Nullable SecretBytes kitKey, MasterParams params) {
    if (params.kit() != (kitKey != null)) {
      throw new IllegalArgumentException("kit key that is missing or not wanted");
    }
    SecretBytes derived = PasswordKdf.derive(password, params.recipe());
    if (kitKey != null) {
      SecretBytes both = SecretBytes.join(derived, kitKey.requireSize(KIT_KEY_SIZE));
      derived.destroy();
      derived = both;
    }
    return new UnlockSecret(UnlockType.MASTER_PASSWORD, params.encode(), derived);
  }

  /** A code of 16 bytes, see {@link HumanCode}. */
  public static UnlockSecret recoveryCode(SecretBytes code) {
    return new UnlockSecret(
        UnlockType.RECOVERY_CODE, Bytes.EMPTY, code.requireSize(HumanCode.SIZE));
  }

  /**
   * Two halves, each worthless alone: one the server gives to a live session, one on the device.
   */
  public static UnlockSecret device(SecretBytes serverCode, SecretBytes deviceSecret) {
    SecretBytes both =
        SecretBytes.join(
            serverCode.requireSize(SERVER_CODE_SIZE), deviceSecret.requireSize(DEVICE_SECRET_SIZE));
    return new UnlockSecret(UnlockType.DEVICE, Bytes.EMPTY, both);
  }

  public UnlockType type() {
    return type;
  }

  /** Public; stored with the wrap. */
  Bytes params() {
    return params;
  }

  SecretBytes secret() {
    return secret;
  }

  /** Zeroes the secret. */
  public void destroy() {
    secret.destroy();
  }

  @Override
  public String toString() {
    return "UnlockSecret[" + type + "]";
  }

  /**
   * How a master password is stretched: the PHC recipe, followed by {@code $kit} when a kit key
   * belongs to it.
   */
  public record MasterParams(Phc recipe, boolean kit) {
    private static final String KIT = "$kit";

    public MasterParams {
      if (recipe.hash() != null) {
        throw new MalformedException("recipe with a hash");
      }
    }

    /** Fails with {@link MalformedException}. */
    static MasterParams decode(Bytes params) {
      String text = new String(params.toByteArray(), StandardCharsets.ISO_8859_1);
      boolean kit = text.endsWith(KIT);
      String recipe = kit ? text.substring(0, text.length() - KIT.length()) : text;
      return new MasterParams(Phc.parse(recipe), kit);
    }

    Bytes encode() {
      String text = recipe.text() + (kit ? KIT : "");
      return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}

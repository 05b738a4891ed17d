package dev.zamok.crypto.account;

import dev.zamok.protocol.MalformedException;

/** What kind of secret unlocks an account. */
public enum UnlockType {
  MASTER_PASSWORD(1),
  RECOVERY_CODE(2),
  DEVICE(3);

  private final int code;

  UnlockType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static UnlockType of(int code) {
    return switch (code) {
      case 1 -> MASTER_PASSWORD;
      case 2 -> RECOVERY_CODE;
      case 3 -> DEVICE;
      default -> throw new MalformedException("unknown kind of unlock secret " + code);
    };
  }
}

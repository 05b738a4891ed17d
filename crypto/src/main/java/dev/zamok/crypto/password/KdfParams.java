package dev.zamok.crypto.password;

/**
 * How a password is stretched. Bounds are compiled in: weaker ones are worthless, and stronger ones
 * would let whoever stores the parameters stall whoever checks them.
 */
public sealed interface KdfParams {
  /** What new hashes and wraps use unless configured otherwise: 64 MiB, three passes, one lane. */
  KdfParams DEFAULT = new Argon2id(64 * 1024, 3, 1);

  /** The parameters as PHC string, without salt and hash. */
  String phc();

  /** Whether {@code this} is of another kind or weaker in any respect than {@code wanted}. */
  boolean isWeakerThan(KdfParams wanted);

  /** Argon2id (RFC 9106), version 0x13. */
  record Argon2id(int memoryKib, int passes, int lanes) implements KdfParams {
    public static final int MEMORY_KIB_MIN = 19 * 1024;
    public static final int MEMORY_KIB_MAX = 256 * 1024;
    public static final int PASSES_MIN = 2;
    public static final int PASSES_MAX = 10;
    public static final int LANES_MAX = 4;

    /** Fails with {@link IllegalArgumentException} outside the bounds. */
    public Argon2id {
      if (memoryKib < MEMORY_KIB_MIN
          || memoryKib > MEMORY_KIB_MAX
          || passes < PASSES_MIN
          || passes > PASSES_MAX
          || lanes < 1
          || lanes > LANES_MAX) {
        throw new IllegalArgumentException("Argon2id parameters out of bounds");
      }
    }

    @Override
    public String phc() {
      return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes;
    }

    @Override
    public boolean isWeakerThan(KdfParams wanted) {
      return !(wanted instanceof Argon2id w) || memoryKib < w.memoryKib || passes < w.passes;
    }
  }

  /** PBKDF2 with HMAC-SHA-512 (RFC 8018 §5.2). */
  record Pbkdf2(int iterations) implements KdfParams {
    public static final int ITERATIONS_MIN = 600_000;
    public static final int ITERATIONS_MAX = 10_000_000;

    /** Fails with {@link IllegalArgumentException} outside the bounds. */
    public Pbkdf2 {
      if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
        throw new IllegalArgumentException("PBKDF2 iterations out of bounds");
      }
    }

    @Override
    public String phc() {
      return "$pbkdf2-sha512$i=" + iterations;
    }

    @Override
    public boolean isWeakerThan(KdfParams wanted) {
      return !(wanted instanceof Pbkdf2 w) || iterations < w.iterations;
    }
  }
}

package dev.zamok.roomlog;

import dev.zamok.protocol.MalformedException;

/**
 * A process tells that it lives: every two seconds, and at once when its standing changes.
 *
 * @param id random, made anew at each start
 * @param address where it is reached, at most {@value #ADDRESS_CHARACTERS_MAX} characters: of a hub
 *     the public URL for clients, of an authority the one for other authorities; may be empty
 * @param version of the program, at most {@value #VERSION_CHARACTERS_MAX} characters
 * @param timeMillis its wall clock when it was sent, milliseconds since 1970
 */
public record NodeBeat(
    Role role, long id, String address, String version, Load load, long timeMillis) {
  public static final int ADDRESS_CHARACTERS_MAX = 512;
  public static final int VERSION_CHARACTERS_MAX = 64;

  public NodeBeat {
    if (!isPrintable(address, ADDRESS_CHARACTERS_MAX)
        || !isPrintable(version, VERSION_CHARACTERS_MAX)
        || timeMillis < 0) {
      throw new MalformedException("a beat out of its limits");
    }
  }

  /** What kind of process. */
  public enum Role {
    HUB(1),
    AUTHORITY(2);

    final int code;

    Role(int code) {
      this.code = code;
    }
  }

  /** Whether it is to be used. */
  public enum Standing {
    SERVING(1),
    /** Finishes what it has: give it nothing new. */
    DRAINING(2),
    /** The last beat of an orderly end: it is not lost. */
    LEFT(3);

    final int code;

    Standing(int code) {
      this.code = code;
    }
  }

  /**
   * How much it does.
   *
   * @param used the connections of a hub, the leases of an authority
   * @param capacity how many it would take at most; 0 where that says nothing
   */
  public record Load(Standing standing, int used, int capacity) {
    public Load {
      if (used < 0 || capacity < 0) {
        throw new MalformedException("a negative load");
      }
    }

    /** How many more it takes. */
    public int free() {
      return standing == Standing.SERVING ? Math.max(0, capacity - used) : 0;
    }
  }

  private static boolean isPrintable(String text, int max) {
    return text.length() <= max && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}

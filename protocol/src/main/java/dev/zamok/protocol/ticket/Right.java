package dev.zamok.protocol.ticket;

import dev.zamok.protocol.MalformedException;
import java.util.EnumSet;
import java.util.Set;

/** What a member may do in a room, as the hub sees it. A bit each. */
public enum Right {
  /** Join and receive. */
  READ(1),
  /** Publish messages. */
  PUBLISH(2),
  /** Send signals. */
  SIGNAL(4),
  /** See who is present. */
  PRESENCE(8);

  private final int bit;

  Right(int bit) {
    this.bit = bit;
  }

  static int pack(Set<Right> rights) {
    int packed = 0;
    for (Right right : rights) {
      packed |= right.bit;
    }
    return packed;
  }

  /** Fails with {@link MalformedException} for bits that are not assigned. */
  static Set<Right> unpack(int packed) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Right right : values()) {
      if ((packed & right.bit) != 0) {
        rights.add(right);
      }
    }
    if (pack(rights) != packed) {
      throw new MalformedException("P-109 unknown rights");
    }
    return rights;
  }
}

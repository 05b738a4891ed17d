package dev.zamok.app.chat.show;

import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;

/**
 * What a room is called here.
 *
 * @param name as its members call it, a stranger's text; of a direct room, the other's login
 */
public record RoomLabel(RoomId id, RoomKind kind, String name) {
  /**
   * For a line of text: {@code #plans} is sealed, {@code ~news} can be read by the server, {@code
   * @brian} is the sealed room with brian.
   */
  public String shown() {
    return sign() + Visible.line(name);
  }

  private String sign() {
    if (id.trust() == Trust.MANAGED) {
      return "~";
    }
    return kind == RoomKind.DIRECT ? "@" : "#";
  }

  /**
   * Whether somebody means this room with {@code text}: its id, or its name with or without sign.
   */
  public boolean matches(String text) {
    return text.equals(id.toString()) || text.equals(name) || text.equals(sign() + name);
  }
}

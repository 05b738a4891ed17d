package dev.zamok.client.secret;

import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.content.Extra;

/**
 * A file that belongs to a secret, in an item of its own in the same room.
 *
 * @param fileName as it was called; a name, no path
 * @param extra members that this version does not know
 */
public record Attachment(ItemId item, String fileName, Extra extra) {
  public static final int NAME_CHARACTERS_MAX = 255;

  /** Fails with {@link MalformedException}. */
  public Attachment {
    SecretRules.line("name of a file", fileName, 1, NAME_CHARACTERS_MAX);
    if (fileName.indexOf('/') >= 0
        || fileName.indexOf('\\') >= 0
        || fileName.equals(".")
        || fileName.equals("..")) {
      throw new MalformedException("S-012 name of a file that is a path");
    }
  }

  @Override
  public String toString() {
    return "Attachment[]";
  }
}

package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;

/**
 * A version of a secret, as its author sealed it.
 *
 * @param content the secret itself
 * @param author by the verified chain
 * @param timeMillis as the author claims
 */
public record SafeItem(
    ItemId id, int version, Place place, Bytes content, Contact author, long timeMillis) {

  /**
   * Where it lies.
   *
   * @param folder a path from the safe on, empty for none
   * @param resealed this version changed nothing but the secret that it is sealed under
   * @param generation of the room secret that it is sealed under
   * @param room the safe, or the folder with rights of its own that it is in
   * @param inner the path from there on, which stays when that folder is moved
   */
  public record Place(
      String folder,
      boolean trashed,
      boolean resealed,
      int generation,
      RoomId room,
      String inner) {}

  public String folder() {
    return place.folder();
  }

  public boolean trashed() {
    return place.trashed();
  }

  /** Hides folder and content. */
  @Override
  public String toString() {
    return "SafeItem[" + id + ", " + version + "]";
  }
}

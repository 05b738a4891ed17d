package dev.zamok.authority.room;

import dev.zamok.protocol.Bytes;

/**
 * What people see of a room.
 *
 * @param open a managed room that everyone here may join
 * @param name of a managed room, empty for sealed ones
 * @param info what the members of a sealed room sealed for themselves, empty for managed ones
 */
public record RoomLabel(boolean open, String name, Bytes info) {
  static final int NAME_CHARS_MAX = 200;
  static final int INFO_BYTES_MAX = 12_288;
}

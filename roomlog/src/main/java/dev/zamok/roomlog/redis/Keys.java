package dev.zamok.roomlog.redis;

import dev.zamok.protocol.RoomId;
import java.nio.charset.StandardCharsets;

/** Names on the servers; {@code common.lua} lists them all. */
final class Keys {
  private static final int ROOM_CHARS = 22;

  private final String prefix;

  Keys(String prefix) {
    this.prefix = prefix;
  }

  /** From which the functions derive all keys of a partition. */
  String partition(int partition) {
    return prefix + "{" + partition + "}:m";
  }

  /** Where the entries and signals of a room are published. */
  String channel(int partition, RoomId room) {
    return prefix + "{" + partition + "}:c:" + room;
  }

  /** Where notices are. */
  String notices() {
    return prefix + "notices";
  }

  /** Where partitions are named in which entries wait to be stored. */
  String waits() {
    return prefix + "waits";
  }

  /** On which nothing is published: subscribing to it shows that a connection works. */
  String echo() {
    return prefix + "echo";
  }

  /** The room of a channel that {@link #channel} gave. */
  static RoomId room(String channel) {
    return RoomId.parse(channel.substring(channel.length() - ROOM_CHARS));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

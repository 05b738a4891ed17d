package dev.zamok.client;

import dev.zamok.protocol.RoomId;

/** A channel that everyone here may join. */
public record OpenChannel(RoomId room, String name) {}

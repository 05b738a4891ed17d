package dev.zamok.client.room;

import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;

/** The message is in the log, as durable as the hub promises. */
public record Published(Position position, MessageId id) {}

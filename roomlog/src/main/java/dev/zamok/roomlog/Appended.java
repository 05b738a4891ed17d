package dev.zamok.roomlog;

import dev.zamok.protocol.Position;

/**
 * A committed append.
 *
 * @param duplicate the id was known: nothing was appended, the position is the first one's
 */
public record Appended(Position position, boolean duplicate) {}

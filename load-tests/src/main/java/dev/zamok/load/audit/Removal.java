package dev.zamok.load.audit;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;

/**
 * A member who was shut out.
 *
 * @param doneNanos when whoever removed him was told that it is done; {@link Long#MAX_VALUE} if
 *     nobody ever was, since the answer was lost
 */
public record Removal(RoomId room, MemberTag tag, long doneNanos) {}

package dev.zamok.load.audit;

import dev.zamok.protocol.MemberTag;

/**
 * An entry as history has it at the end.
 *
 * @param content what a message says once it is opened, empty for everything else
 * @param evicted whom an eviction shuts out, {@link MemberTag#NONE} for everything else
 * @param accepts the lowest epoch that may come after it; 0 when it changes nothing
 */
public record HistoryEntry(LogEntry entry, String content, MemberTag evicted, int accepts) {}

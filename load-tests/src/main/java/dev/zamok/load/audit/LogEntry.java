package dev.zamok.load.audit;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;

/**
 * An entry of the log as somebody showed it.
 *
 * @param digest of its body, sealed as it is: two different bodies have different digests
 */
public record LogEntry(
    Position position,
    Position previous,
    EntryKind kind,
    MemberTag tag,
    int epoch,
    MessageId id,
    long digest) {
  /** Whether it changes who may read or write from here on. */
  boolean isSecurity() {
    return kind == EntryKind.REKEY || kind == EntryKind.EVICT;
  }
}

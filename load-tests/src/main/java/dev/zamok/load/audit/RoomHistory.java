package dev.zamok.load.audit;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The whole of a room as it is read at the end, in the order in which it was read. */
public final class RoomHistory {
  private final RoomId room;
  private final List<HistoryEntry> entries;
  private final NavigableMap<Position, HistoryEntry> byPosition = new TreeMap<>();
  private final Map<String, List<HistoryEntry>> byContent = new HashMap<>();
  private final Map<MemberTag, Position> evictions = new HashMap<>();

  public RoomHistory(RoomId room, List<HistoryEntry> entries) {
    this.room = room;
    this.entries = List.copyOf(entries);
    for (HistoryEntry entry : entries) {
      byPosition.putIfAbsent(entry.entry().position(), entry);
      if (entry.entry().kind() == EntryKind.MESSAGE) {
        byContent.computeIfAbsent(entry.content(), c -> new ArrayList<>()).add(entry);
      }
      if (!entry.evicted().equals(MemberTag.NONE)) {
        evictions.putIfAbsent(entry.evicted(), entry.entry().position());
      }
    }
  }

  public RoomId room() {
    return room;
  }

  /** As they were read. */
  public List<HistoryEntry> entries() {
    return entries;
  }

  @Nullable HistoryEntry at(Position position) {
    return byPosition.get(position);
  }

  List<HistoryEntry> saying(String content) {
    return byContent.getOrDefault(content, List.of());
  }

  /** The entries of (from, to), by position. */
  Iterable<HistoryEntry> between(Position from, Position to) {
    return from.compareTo(to) >= 0 ? List.of() : byPosition.subMap(from, false, to, false).values();
  }

  int countBetween(Position from, Position to) {
    return from.compareTo(to) >= 0 ? 0 : byPosition.subMap(from, false, to, false).size();
  }

  /** The entries of (from, …), by position. */
  Iterable<HistoryEntry> after(Position from) {
    return byPosition.tailMap(from, false).values();
  }

  /** Where this tag was shut out, or null. */
  @Nullable Position eviction(MemberTag tag) {
    return evictions.get(tag);
  }
}

package dev.zamok.load.audit;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A made-up run of one room with three members, clean until a test spoils it: every list is open to
 * be changed. {@code cleo} is removed in the middle, {@code ben} loses his connection and resumes.
 */
final class Run {
  static final RoomId ROOM = new RoomId(0x02abababababababL, 7);
  static final MemberTag ANN = new MemberTag(1);
  static final MemberTag BEN = new MemberTag(2);
  static final MemberTag CLEO = new MemberTag(3);

  /** Where the eviction stands, and the rekey after it. */
  static final int EVICTION = 7;

  final List<HistoryEntry> history = new ArrayList<>();
  final Map<MemberTag, List<Wire>> wire = new LinkedHashMap<>();
  final Map<MemberTag, List<Seen>> seen = new LinkedHashMap<>();
  final Map<MemberTag, List<Send>> sends = new LinkedHashMap<>();
  final List<Removal> removals = new ArrayList<>();
  final List<FaultSpan> faults = new ArrayList<>();
  boolean lossless = true;
  int kept = Recording.ALL;

  Run() {
    for (MemberTag tag : List.of(ANN, BEN, CLEO)) {
      wire.put(tag, new ArrayList<>(List.of(new Wire.Joined(null, at(1), Recovery.INCOMPLETE))));
      seen.put(tag, new ArrayList<>());
      sends.put(tag, new ArrayList<>());
    }
    append(EntryKind.REKEY, MemberTag.NONE, 1, "", MemberTag.NONE, 1);
    say(ANN, 1);
    say(BEN, 1);
    say(CLEO, 1);
    say(ANN, 1);
    // ben is away for the next two entries
    wire.get(BEN).add(new Wire.Joined(at(5), at(7), Recovery.COMPLETE));
    say(ANN, 1);
    append(EntryKind.EVICT, MemberTag.NONE, 1, "", CLEO, 0);
    removals.add(new Removal(ROOM, CLEO, 750));
    append(EntryKind.REKEY, MemberTag.NONE, 2, "", MemberTag.NONE, 2);
    say(BEN, 2);
    say(ANN, 2);
    say(ANN, 2);
  }

  static Position at(int counter) {
    return Position.of(1, counter);
  }

  private int next() {
    return history.size() + 1;
  }

  private LogEntry append(
      EntryKind kind, MemberTag tag, int epoch, String content, MemberTag evicted, int accepts) {
    int n = next();
    LogEntry entry =
        new LogEntry(
            at(n),
            n == 1 ? Position.ZERO : at(n - 1),
            kind,
            tag,
            epoch,
            new MessageId(0, n),
            1000 + n);
    history.add(new HistoryEntry(entry, content, evicted, accepts));
    for (MemberTag member : wire.keySet()) {
      if (n > 1 && (!member.equals(CLEO) || n <= EVICTION)) {
        wire.get(member).add(new Wire.Entry(entry));
        if (kind == EntryKind.MESSAGE) {
          seen.get(member).add(new Seen.Message(entry.position(), tag, entry.id(), content));
        }
      }
    }
    return entry;
  }

  private void say(MemberTag tag, int epoch) {
    String content = "message " + next();
    LogEntry entry = append(EntryKind.MESSAGE, tag, epoch, content, MemberTag.NONE, 0);
    long nanos = entry.position().counter() * 100;
    sends
        .get(tag)
        .add(new Send(content, Send.Outcome.ACKNOWLEDGED, entry.position(), nanos, nanos + 10));
  }

  HistoryEntry entry(int counter) {
    return history.get(counter - 1);
  }

  /** What a member was shown, or sent, of the entry there. */
  Seen.Message shown(int counter) {
    LogEntry entry = entry(counter).entry();
    return new Seen.Message(entry.position(), entry.tag(), entry.id(), entry(counter).content());
  }

  Wire.Entry sent(int counter) {
    return new Wire.Entry(entry(counter).entry());
  }

  Recording recording() {
    List<Seat> seats = new ArrayList<>();
    wire.forEach(
        (tag, frames) ->
            seats.add(new Seat("member-" + tag, ROOM, tag, frames, seen.get(tag), sends.get(tag))));
    return new Recording(
        seats, Map.of(ROOM, new RoomHistory(ROOM, history)), removals, faults, lossless, kept);
  }

  Verdict verdict() {
    return Audit.of(recording());
  }
}

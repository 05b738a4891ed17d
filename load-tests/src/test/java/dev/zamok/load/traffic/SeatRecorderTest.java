package dev.zamok.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.load.audit.Audit;
import dev.zamok.load.audit.Flaw;
import dev.zamok.load.audit.Recording;
import dev.zamok.load.audit.Removal;
import dev.zamok.load.audit.Send;
import dev.zamok.load.audit.Verdict;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What real clients see and are told, through their recording, to the audit: it must name it. */
class SeatRecorderTest {
  private static final RoomId ROOM = new RoomId(0x02abababababababL, 7);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ANN = 0;
  private static final int BEN = 1;
  private static final int CLEO = 2;

  private final Contact author =
      new Contact(
          "ann",
          Card.first(
              new AccountId(1, 1), SigningKey.generate(RANDOM), AgreementKey.generate(RANDOM)));
  private final List<Entry> log = new ArrayList<>();
  private final List<WireTap> taps = new ArrayList<>();
  private final List<SeatRecorder> seats = new ArrayList<>();
  private final List<Removal> removals = new ArrayList<>();

  @BeforeEach
  void theyTalk() {
    append(EntryKind.MEMBER, MemberTag.NONE, Bytes.wrap(new byte[] {1}));
    for (String name : List.of("ann", "ben", "cleo")) {
      SeatRecorder seat = new SeatRecorder(name, ROOM);
      WireTap tap = new WireTap();
      tap.add(ROOM, seat);
      seats.add(seat);
      taps.add(tap);
      seat.tag(new MemberTag(seats.size()));
      frame(
          seats.size() - 1,
          new HubFrame.Joined(
              ROOM, log.get(0).position(), HubFrame.Recovery.INCOMPLETE, 1, List.of(), 3));
    }
    say("one", ANN, BEN, CLEO);
    say("two", ANN, BEN, CLEO);
    Bytes body = new ByteWriter().u64(CLEO + 1).u32(2).toBytes();
    Entry eviction = append(EntryKind.EVICT, MemberTag.NONE, body);
    List.of(ANN, BEN, CLEO).forEach(to -> frame(to, new HubFrame.Entry(eviction)));
    removals.add(new Removal(ROOM, new MemberTag(CLEO + 1), System.nanoTime()));
    say("three", ANN, BEN);
  }

  private Entry append(EntryKind kind, MemberTag tag, Bytes body) {
    int n = log.size() + 1;
    Position previous = n == 1 ? Position.ZERO : Position.of(1, n - 1);
    MessageId id = new MessageId(0, n);
    Entry entry = new Entry(ROOM, Position.of(1, n), previous, n, kind, tag, 1, id, body);
    log.add(entry);
    return entry;
  }

  private void frame(int to, HubFrame frame) {
    taps.get(to).frame(false, HubFrames.encode(frame));
  }

  /** Ann says something, it is acknowledged, and these get it. */
  private Entry say(String words, int... to) {
    long start = System.nanoTime();
    Bytes body = Bytes.wrap(words.getBytes(StandardCharsets.UTF_8));
    Entry entry = append(EntryKind.MESSAGE, new MemberTag(ANN + 1), body);
    seats
        .get(ANN)
        .sent(
            new Send(words, Send.Outcome.ACKNOWLEDGED, entry.position(), start, System.nanoTime()));
    for (int one : to) {
      frame(one, new HubFrame.Entry(entry));
      show(one, entry);
    }
    return entry;
  }

  private void show(int to, Entry entry) {
    seats
        .get(to)
        .onMessage(
            new RoomMessage(
                entry.position(),
                entry.id(),
                entry.tag(),
                entry.timeMillis(),
                entry.timeMillis(),
                author,
                new DeviceId(1),
                entry.position().counter(),
                Content.text(words(entry)),
                to == ANN));
  }

  private static String words(Entry entry) {
    return new String(entry.body().toByteArray(), StandardCharsets.UTF_8);
  }

  private Verdict verdict() {
    return Audit.of(
        new Recording(
            seats.stream().map(SeatRecorder::seat).toList(),
            Map.of(ROOM, HistoryPages.history(ROOM, log, SeatRecorderTest::words)),
            removals,
            List.of(),
            true));
  }

  private void expect(Flaw... flaws) {
    Verdict verdict = verdict();
    assertThat(verdict.flaws().keySet()).as(verdict.report()).containsExactlyInAnyOrder(flaws);
  }

  @Test
  void whatIsWellPassesAndNothingIsMissedByTheRecording() {
    expect();
    assertThat(verdict().counts().acknowledged()).isEqualTo(3);
    assertThat(verdict().counts().delivered()).isEqualTo(3 + 3 + 2);
    assertThat(verdict().counts().skipped()).isZero();
  }

  @Test
  void aMessageThatTheLogLostIsFound() {
    say("four");
    log.remove(log.size() - 1);

    expect(Flaw.LOST);
  }

  @Test
  void aMessageThatOneClientNeverShowedIsFound() {
    say("four", ANN);

    expect(Flaw.NEVER_DELIVERED);
  }

  @Test
  void aMessageThatIsShownTwiceIsDoubled() {
    show(BEN, log.get(log.size() - 1));

    expect(Flaw.DOUBLED);
  }

  @Test
  void aMessageThatReachesARemovedMemberIsALeak() {
    Entry four = say("four", ANN, BEN);
    frame(CLEO, new HubFrame.Entry(four));

    expect(Flaw.LEAKED);
  }

  @Test
  void aMessageThatARemovedMemberIsShownIsALeak() {
    show(CLEO, log.get(log.size() - 1));

    expect(Flaw.LEAKED);
  }

  @Test
  void aGapThatIsNeverRepairedIsFound() {
    Entry four = say("four", ANN);
    seats.get(BEN).onGap(four.previous(), four.position());

    expect(Flaw.NOT_REPAIRED);
  }

  @Test
  void whatIsAcknowledgedIsKnownBeforeItIsShown() {
    Position shown = seats.get(ANN).newest();
    Entry four = say("four");

    assertThat(seats.get(ANN).newest()).isEqualTo(shown);
    assertThat(seats.get(ANN).known()).isEqualTo(four.position());
    assertThat(seats.get(BEN).known()).isEqualTo(shown);
    show(ANN, four);
    assertThat(seats.get(ANN).newest()).isEqualTo(four.position());
  }
}

package dev.zamok.protocol.frame;

import static dev.zamok.protocol.frame.Samples.ID;
import static dev.zamok.protocol.frame.Samples.MANAGED;
import static dev.zamok.protocol.frame.Samples.TAG;
import static dev.zamok.protocol.frame.Samples.TIME;
import static dev.zamok.protocol.frame.Samples.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Checks;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each limit of hub frames: at it, and one past it. */
class HubFrameLimitsTest {
  @Test
  @Checks("P-001")
  void frameOf128KiBIsReadAndOneByteMoreIsNot() {
    ByteWriter frame = new ByteWriter().u8(HubFrames.PONG);
    frame.bytes(fill(HubFrames.FRAME_BYTES_MAX - 1));
    refused("P-004", frame.toBytes());
    refused("P-001", frame.u8(0).toBytes());
  }

  @Test
  @Checks("P-005")
  void timesFitANumberOfJavaScript() {
    HubFrame.Limits limits = new HubFrame.Limits(1, 1, 1, 1, 1);
    ConnectionId connection = new ConnectionId(0, 0);
    Bytes frame = passes(new HubFrame.Welcome(connection, limits, Entry.TIME_MILLIS_MAX));
    byte[] later = frame.toByteArray();
    later[38] = 0x20;
    refused("P-005", Bytes.copyOf(later));
    later[37] = (byte) 0x80;
    refused("P-005", Bytes.copyOf(later));
    throwsAt("P-005", () -> new HubFrame.Welcome(connection, limits, -1));
    throwsAt("P-005", () -> new HubFrame.Welcome(connection, limits, 1L << 53));
  }

  @Test
  @Checks("P-006")
  void roomOfNoKindIsRefused() {
    RoomId odd = new RoomId(3L << 56, 0);
    Position one = Position.of(0, 1);
    throwsAt("P-006", () -> new HubFrame.Ack(odd, ID, one));
    throwsAt("P-006", () -> new HubFrame.Signal(odd, TAG, one, fill(1)));
    throwsAt("P-006", () -> new HubFrame.Gap(odd, Position.ZERO, one));
    throwsAt("P-006", () -> new HubFrame.Evicted(RoomId.NONE, ErrorCode.EVICTED));
    throwsAt("P-006", () -> new HubFrame.Presence(odd, 0, List.of()));
    throwsAt(
        "P-006", () -> new HubFrame.Joined(odd, one, HubFrame.Recovery.COMPLETE, 0, List.of(), 0));
    throwsAt(
        "P-006",
        () ->
            new HubFrame.Reject(
                HubFrame.Request.JOIN, odd, MessageId.NONE, ErrorCode.UNKNOWN_ROOM, 0));
  }

  @Test
  @Checks("P-007")
  void ackWithoutAnIdIsRefused() {
    throwsAt("P-007", () -> new HubFrame.Ack(MANAGED, MessageId.NONE, Position.of(0, 1)));
  }

  @Test
  @Checks("P-016")
  void signalHas1To4096Bytes() {
    Position head = Position.ZERO;
    Bytes largest = passes(new HubFrame.Signal(MANAGED, TAG, head, fill(4_096)));
    passes(new HubFrame.Signal(MANAGED, MemberTag.NONE, head, fill(1)));
    refused("P-016", largest.slice(0, 33));
    refused("P-016", new ByteWriter().bytes(largest).u8(0).toBytes());
  }

  @Test
  @Checks("P-020")
  void everyLimitIsAtLeastOne() {
    Bytes frame =
        passes(
            new HubFrame.Welcome(new ConnectionId(1, 1), new HubFrame.Limits(1, 1, 1, 1, 1), TIME));
    for (int at = 20; at < 37; at += 4) {
      byte[] none = frame.toByteArray();
      none[at] = 0;
      refused("P-020", Bytes.wrap(none));
    }
  }

  @Test
  @Checks("P-021")
  void recoveryIsOneOfThree() {
    byte[] frame = passes(Samples.joined(HubFrame.Recovery.LOST, List.of())).toByteArray();
    assertThat(frame[25]).isEqualTo((byte) 2);
    frame[25] = 3;
    refused("P-021", Bytes.wrap(frame));
  }

  @Test
  @Checks({"P-022", "P-023"})
  void joinedHoldsAtMost64RekeysOf1024Bytes() {
    Bytes largest = fill(Entry.REKEY_BYTES_MAX);
    passes(Samples.joined(HubFrame.Recovery.COMPLETE, Collections.nCopies(64, largest)));
    throwsAt(
        "P-022",
        () -> Samples.joined(HubFrame.Recovery.COMPLETE, Collections.nCopies(65, Bytes.EMPTY)));
    throwsAt("P-023", () -> Samples.joined(HubFrame.Recovery.COMPLETE, List.of(fill(1_025))));
    ByteWriter claims =
        new ByteWriter()
            .bytes(
                HubFrames.encode(Samples.joined(HubFrame.Recovery.COMPLETE, List.of()))
                    .slice(0, 34));
    refused("P-022", claims.u16(65).bytes(fill(1_000)).toBytes());
  }

  @Test
  @Checks("P-030")
  void entryFollowsItsPrevious() {
    Position one = Position.of(1, 1);
    passes(new HubFrame.Entry(at(one, Position.ZERO)));
    throwsAt("P-030", () -> at(one, one));
    throwsAt("P-030", () -> at(one, Position.of(2, 0)));
    throwsAt("P-030", () -> at(Position.ZERO, Position.ZERO));
  }

  @Test
  @Checks("P-031")
  void entryIsOfAnAssignedKind() {
    byte[] frame = passes(new HubFrame.Entry(at(Position.of(1, 1), Position.ZERO))).toByteArray();
    for (int kind : new int[] {0, 8, 255}) {
      frame[41] = (byte) kind;
      refused("P-031", Bytes.copyOf(frame));
    }
  }

  @Test
  @Checks("P-032")
  void entryBodyHasAtMost65000BytesAndARekey1024() {
    passes(new HubFrame.Entry(Samples.entry(EntryKind.MESSAGE, TAG, fill(65_000))));
    throwsAt("P-032", () -> Samples.entry(EntryKind.MESSAGE, TAG, fill(65_001)));
    passes(new HubFrame.Entry(Samples.entry(EntryKind.REKEY, MemberTag.NONE, fill(1_024))));
    throwsAt("P-032", () -> Samples.entry(EntryKind.REKEY, MemberTag.NONE, fill(1_025)));
  }

  @Test
  @Checks("P-033")
  void memberCannotPassForTheAuthority() {
    for (EntryKind kind : EntryKind.values()) {
      if (kind.isAuthority()) {
        throwsAt("P-033", () -> Samples.entry(kind, TAG, Bytes.EMPTY));
      } else {
        passes(new HubFrame.Entry(Samples.entry(kind, TAG, Bytes.EMPTY)));
      }
    }
  }

  @Test
  @Checks("P-034")
  void ackNamesAPosition() {
    throwsAt("P-034", () -> new HubFrame.Ack(MANAGED, ID, Position.ZERO));
  }

  @Test
  @Checks({"P-035", "P-036", "P-037", "P-038"})
  void rejectSaysWhatItAnswers() {
    ErrorCode code = ErrorCode.RATE_LIMITED;
    byte[] frame = passes(Samples.reject(HubFrame.Request.JOIN, code)).toByteArray();
    for (int request : new int[] {0, 1, 3, 7}) {
      byte[] odd = frame.clone();
      odd[1] = (byte) request;
      refused("P-035", Bytes.wrap(odd));
    }
    for (HubFrame.Request request : HubFrame.Request.values()) {
      boolean publish = request == HubFrame.Request.PUBLISH;
      boolean ticket = request == HubFrame.Request.TICKET;
      MessageId id = publish ? ID : MessageId.NONE;
      MessageId wrong = publish ? MessageId.NONE : ID;
      RoomId room = ticket ? RoomId.NONE : MANAGED;
      throwsAt(
          "P-036", () -> new HubFrame.Reject(request, ticket ? MANAGED : RoomId.NONE, id, code, 0));
      throwsAt("P-037", () -> new HubFrame.Reject(request, room, wrong, code, 0));
    }
    for (int number : new int[] {0, ErrorCode.values().length + 1}) {
      byte[] odd = frame.clone();
      odd[35] = (byte) number;
      refused("P-038", Bytes.wrap(odd));
    }
  }

  @Test
  @Checks("P-039")
  void gapIsNotEmpty() {
    Position one = Position.of(1, 1);
    throwsAt("P-039", () -> new HubFrame.Gap(MANAGED, one, one));
    throwsAt("P-039", () -> new HubFrame.Gap(MANAGED, Position.of(2, 0), one));
  }

  @Test
  @Checks({"P-040", "P-041"})
  void presenceListsAtMost200WhoAreThere() {
    passes(new HubFrame.Presence(MANAGED, 200, tags(200)));
    passes(new HubFrame.Presence(MANAGED, 200, tags(1)));
    throwsAt("P-040", () -> new HubFrame.Presence(MANAGED, 201, tags(201)));
    throwsAt("P-040", () -> new HubFrame.Presence(MANAGED, 201, tags(1)));
    throwsAt("P-041", () -> new HubFrame.Presence(MANAGED, 1, tags(2)));
    throwsAt("P-041", () -> new HubFrame.Presence(MANAGED, 2, List.of(TAG, TAG)));
    throwsAt("P-041", () -> new HubFrame.Presence(MANAGED, 1, List.of(MemberTag.NONE)));
  }

  private static List<MemberTag> tags(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(MemberTag::new).toList();
  }

  private static Entry at(Position position, Position previous) {
    return new Entry(MANAGED, position, previous, TIME, EntryKind.MESSAGE, TAG, 1, ID, Bytes.EMPTY);
  }

  private static Bytes passes(HubFrame frame) {
    Bytes bytes = HubFrames.encode(frame);
    assertThat(bytes.size()).isLessThanOrEqualTo(HubFrames.FRAME_BYTES_MAX);
    assertThat(HubFrames.decode(bytes)).isEqualTo(frame);
    return bytes;
  }

  private static void refused(String check, Bytes frame) {
    assertThatThrownBy(() -> HubFrames.decode(frame)).hasMessageStartingWith(check);
  }

  private static void throwsAt(String check, ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageStartingWith(check);
  }
}

package dev.zamok.roomlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoticeCodecTest {
  private static final NodeBeat BEAT =
      new NodeBeat(
          NodeBeat.Role.HUB,
          -7,
          "wss://hub-1.example:8443/hub",
          "0.2.0",
          new NodeBeat.Load(NodeBeat.Standing.DRAINING, 12, 1_000),
          1_700_000_000_000L);

  private static final List<Notice> ALL =
      List.of(
          new Notice.Revoke(new SessionId(1, 2)),
          new Notice.Evict(RoomId.of(Bytes.fromHex("01" + "ab".repeat(15))), new MemberTag(5), 9),
          new Notice.Beat(BEAT),
          new Notice.Challenge(-1, 7),
          new Notice.SignedChallenge(
              new Notice.Challenge(-1, 7), 5, Bytes.fromHex("0e".repeat(32))),
          new Notice.SignedBeat(
              BEAT,
              3,
              List.of(new Notice.Challenge(-1, 7), new Notice.Challenge(2, -8)),
              Bytes.fromHex("0f".repeat(32))),
          new Notice.Presence(
              7,
              Notice.Change.SNAPSHOT,
              1,
              3,
              List.of(
                  new Notice.Attending(
                      RoomId.of(Bytes.fromHex("02" + "cd".repeat(15))),
                      new SessionId(3, 4),
                      new MemberTag(5)))));

  @Test
  void whatIsEncodedComesBackTheSame() {
    for (Notice notice : ALL) {
      assertThat(NoticeCodec.decode(NoticeCodec.encode(notice))).contains(notice);
    }
  }

  @Test
  void aKindOfANewerProgramIsPassedOver() {
    assertThat(NoticeCodec.decode(Bytes.fromHex("7f0102"))).isEmpty();
  }

  @Test
  void shortLongAndFalseBytesAreRefused() {
    for (Notice notice : ALL) {
      Bytes whole = NoticeCodec.encode(notice);
      for (int size = 1; size < whole.size(); size++) {
        Bytes part = whole.slice(0, size);
        assertThatThrownBy(() -> NoticeCodec.decode(part)).isInstanceOf(MalformedException.class);
      }
      Bytes longer = new ByteWriter().bytes(whole).u8(0).toBytes();
      assertThatThrownBy(() -> NoticeCodec.decode(longer)).isInstanceOf(MalformedException.class);
    }
  }

  /** The vector that {@code protocol} has the MAC of. */
  @Test
  void theStatementOfASignedBeatIsWhatItsVectorSays() {
    assertThat(NoticeCodec.statement(BEAT, 3, List.of(new Notice.Challenge(-1, 7))).toHex())
        .isEqualTo(
            "0501fffffffffffffff9001c7773733a2f2f6875622d312e6578616d706c653a383434332f687562"
                + "0005302e322e30020000000c000003e80000018bcfe56800"
                + "000000000000000301ffffffffffffffff0000000000000007");
  }

  @Test
  void anAddressWithALineBreakIsNoBeat() {
    assertThatThrownBy(
            () ->
                new NodeBeat(
                    NodeBeat.Role.HUB, 1, "wss://a\r\nX: y", "1", BEAT.load(), BEAT.timeMillis()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aNodeThatDrainsTakesNobody() {
    assertThat(BEAT.load().free()).isZero();
    assertThat(new NodeBeat.Load(NodeBeat.Standing.SERVING, 12, 1_000).free()).isEqualTo(988);
  }

  @Test
  void theLargestNoticeOfPresenceIsBelowTheSizeOfAFrame() {
    RoomId room = RoomId.of(Bytes.fromHex("02" + "cd".repeat(15)));
    Notice.Attending one = new Notice.Attending(room, new SessionId(3, 4), new MemberTag(5));
    List<Notice.Attending> most = java.util.Collections.nCopies(Notice.Presence.WHO_MAX, one);
    Notice notice = new Notice.Presence(7, Notice.Change.ENTERED, 0, 1, most);
    assertThat(NoticeCodec.encode(notice).size()).isLessThan(65_536);
    List<Notice.Attending> more = java.util.Collections.nCopies(Notice.Presence.WHO_MAX + 1, one);
    assertThatThrownBy(() -> new Notice.Presence(7, Notice.Change.ENTERED, 0, 1, more))
        .isInstanceOf(MalformedException.class);
  }
}

package dev.zamok.hub.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.TestTickets;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import org.junit.jupiter.api.Test;

class PresenceBoardTest {
  private final PresenceBoard board = new PresenceBoard();
  private final RoomId room = TestTickets.room(1);

  @Test
  void aSessionCountsOnceAndATagIsListedOnce() {
    assertThat(board.enter(room, new SessionId(1, 1), new MemberTag(5))).isEqualTo(1);
    long version = board.version(room);
    assertThat(board.enter(room, new SessionId(1, 1), new MemberTag(5))).isEqualTo(1);
    assertThat(board.version(room)).isEqualTo(version);
    assertThat(board.enter(room, new SessionId(1, 2), new MemberTag(5))).isEqualTo(2);
    assertThat(board.of(room).tags()).containsExactly(new MemberTag(5));
    board.leave(room, new SessionId(1, 1));
    assertThat(board.of(room).count()).isEqualTo(2);
    board.leave(room, new SessionId(1, 1));
    assertThat(board.of(room).count()).isEqualTo(1);
    board.leave(room, new SessionId(1, 2));
    assertThat(board.of(room).count()).isZero();
    assertThat(board.version(room)).isZero();
  }

  @Test
  void moreThanTwoHundredAreOnlyCounted() {
    for (int i = 1; i <= 200; i++) {
      board.enter(room, new SessionId(1, i), new MemberTag(i));
    }
    assertThat(board.of(room).tags()).hasSize(200);
    board.enter(room, new SessionId(1, 201), new MemberTag(201));
    assertThat(board.of(room).tags()).isEmpty();
    assertThat(board.of(room).count()).isEqualTo(201);
  }
}

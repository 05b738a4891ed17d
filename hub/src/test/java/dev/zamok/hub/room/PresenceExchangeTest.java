package dev.zamok.hub.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.TestTickets;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.roomlog.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Hubs that tell each other who is present, without a network between them. */
class PresenceExchangeTest {
  private final RoomId room = TestTickets.room(1);
  private final List<Node> nodes = new ArrayList<>();
  private Predicate<Notice.Presence> lost = notice -> false;
  private long nowNanos = 1;

  private final class Node {
    final PresenceBoard board = new PresenceBoard();
    final List<Notice.Presence> told = new ArrayList<>();
    final PresenceExchange exchange;
    int newcomers;

    Node(long id) {
      exchange = new PresenceExchange(id, board, this::tell, () -> newcomers++);
      nodes.add(this);
      exchange.tick(nowNanos);
    }

    private void tell(Notice notice) {
      Notice.Presence presence = (Notice.Presence) notice;
      told.add(presence);
      if (!lost.test(presence)) {
        List.copyOf(nodes).forEach(node -> node.exchange.heard(presence, nowNanos));
      }
    }

    void enter(int session) {
      board.enter(room, new SessionId(1, session), new MemberTag(session));
    }

    void leave(int session) {
      board.leave(room, new SessionId(1, session));
    }

    int count() {
      return board.of(room).count();
    }
  }

  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      nowNanos += Duration.ofSeconds(1).toNanos();
      nodes.forEach(node -> node.exchange.tick(nowNanos));
    }
  }

  private void second() {
    pass(Duration.ofSeconds(1));
  }

  @Test
  void whoIsAtOneHubIsPresentAtAllWithinASecond() {
    Node one = new Node(1);
    Node two = new Node(2);
    one.enter(5);
    two.enter(6);
    second();
    assertThat(one.board.of(room).tags())
        .containsExactlyInAnyOrder(new MemberTag(5), new MemberTag(6));
    assertThat(two.count()).isEqualTo(2);
    one.leave(5);
    second();
    assertThat(two.board.of(room).tags()).containsExactly(new MemberTag(6));
  }

  @Test
  void aHubThatHasJustStartedIsToldWhoIsPresentWithinASecond() {
    Node one = new Node(1);
    one.enter(5);
    second();
    Node two = new Node(2);
    second();
    assertThat(two.count()).isEqualTo(1);
  }

  @Test
  void aSessionAtTwoHubsCountsOnceAndStaysUntilItLeavesBoth() {
    Node one = new Node(1);
    Node two = new Node(2);
    one.enter(5);
    two.enter(5);
    second();
    assertThat(one.count()).isEqualTo(1);
    long version = two.board.version(room);
    one.leave(5);
    second();
    assertThat(two.count()).isEqualTo(1);
    assertThat(two.board.version(room)).isEqualTo(version);
    assertThat(one.count()).isEqualTo(1);
    two.leave(5);
    second();
    assertThat(one.count()).isZero();
    assertThat(one.board.version(room)).isZero();
  }

  @Test
  void aHubWhoseSnapshotsStopIsForgottenWithAllItTold() {
    Node one = new Node(1);
    Node two = new Node(2);
    two.enter(5);
    second();
    nodes.remove(two);
    pass(Duration.ofSeconds(29));
    assertThat(one.count()).isEqualTo(1);
    pass(Duration.ofSeconds(12));
    assertThat(one.count()).isZero();
  }

  @Test
  void aHubThatEndsInOrderTakesItsPresenceWithIt() {
    Node one = new Node(1);
    Node two = new Node(2);
    two.enter(5);
    second();
    two.exchange.end();
    assertThat(one.count()).isZero();
  }

  @Test
  void aHubThatStartsAgainIsAnotherOneAndNobodyCountsTwice() {
    Node one = new Node(1);
    Node two = new Node(2);
    two.enter(5);
    second();
    nodes.remove(two);
    Node again = new Node(3);
    again.enter(5);
    pass(Duration.ofSeconds(12));
    assertThat(one.count()).isEqualTo(1);
    again.leave(5);
    pass(Duration.ofSeconds(40));
    assertThat(one.count()).isZero();
  }

  @Test
  void whatWasLostOnTheWayIsCorrectedByTheNextSnapshot() {
    Node one = new Node(1);
    Node two = new Node(2);
    two.enter(5);
    second();
    lost = notice -> true;
    two.leave(5);
    two.enter(6);
    second();
    assertThat(one.board.of(room).tags()).containsExactly(new MemberTag(5));
    lost = notice -> false;
    pass(Duration.ofSeconds(10));
    assertThat(one.board.of(room).tags()).containsExactly(new MemberTag(6));
  }

  @Test
  void aSnapshotCountsOnlyAsAWhole() {
    Node one = new Node(1);
    Node two = new Node(2);
    lost = notice -> notice.change() != Notice.Change.SNAPSHOT || notice.part() == 1;
    for (int i = 1; i <= 2_500; i++) {
      two.enter(i);
    }
    pass(Duration.ofSeconds(11));
    assertThat(two.told).anyMatch(notice -> notice.parts() == 3);
    assertThat(one.count()).isZero();
    lost = notice -> false;
    pass(Duration.ofSeconds(10));
    assertThat(one.count()).isEqualTo(2_500);
  }

  @Test
  void moreChangesThanAreKeptAreToldByASnapshot() {
    Node one = new Node(1);
    Node two = new Node(2);
    second();
    for (int i = 1; i <= PresenceChanges.KEPT_MAX / 2 + 1; i++) {
      two.enter(i);
      two.leave(i);
    }
    two.enter(7);
    second();
    assertThat(one.board.of(room).tags()).containsExactly(new MemberTag(7));
  }

  @Test
  void oneOfThoseWhoWereThereGreetsANewcomer() {
    Node one = new Node(1);
    Node two = new Node(2);
    Node three = new Node(3);
    second();
    nodes.forEach(node -> node.newcomers = 0);
    new Node(4);
    assertThat(one.newcomers + two.newcomers + three.newcomers).isEqualTo(1);
  }
}

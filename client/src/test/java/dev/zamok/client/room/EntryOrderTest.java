package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.room.EntryOrder.Verdict;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import org.junit.jupiter.api.Test;

/** Design §5 <i>Order</i>. */
class EntryOrderTest {
  private final EntryOrder order = new EntryOrder();

  private static Position at(long counter) {
    return Position.of(1, counter);
  }

  private static Entry entry(Position previous, Position position) {
    return new Entry(
        new RoomId(2L << 56, 1),
        position,
        previous,
        0,
        EntryKind.MESSAGE,
        new MemberTag(1),
        1,
        new MessageId(0, position.packed()),
        Bytes.EMPTY);
  }

  @Test
  void positionsAndLinksDecideWhatAnEntryIs() {
    order.take(at(5));

    assertThat(order.judge(entry(at(3), at(5)))).isEqualTo(Verdict.DUPLICATE);
    assertThat(order.judge(entry(at(2), at(3)))).isEqualTo(Verdict.DUPLICATE);
    assertThat(order.judge(entry(at(5), at(9)))).isEqualTo(Verdict.NEXT);
    assertThat(order.judge(entry(at(7), at(9)))).isEqualTo(Verdict.GAP);
    assertThat(order.judge(entry(at(3), at(9)))).isEqualTo(Verdict.FORK);
  }

  @Test
  void aNewGenerationOfTheLogGoesOnFromTheSameEntry() {
    order.take(at(5));

    assertThat(order.judge(entry(at(5), Position.of(2, 6)))).isEqualTo(Verdict.NEXT);
    assertThat(order.judge(entry(at(4), Position.of(2, 6)))).isEqualTo(Verdict.FORK);
  }

  @Test
  void goingBackForgetsWhatCameAfter() {
    for (long i = 1; i <= 4; i++) {
      order.take(at(i));
    }

    assertThat(order.seenAfter(at(2))).containsExactly(at(3), at(4));
    order.backTo(at(2));
    assertThat(order.last()).isEqualTo(at(2));
    assertThat(order.saw(at(3))).isFalse();
    assertThat(order.seenUpTo(at(9))).isEqualTo(at(2));
  }

  @Test
  void memoryIsBounded() {
    for (long i = 1; i <= EntryOrder.RECENT_MAX + 10; i++) {
      order.take(at(i));
    }

    assertThat(order.saw(at(10))).isFalse();
    assertThat(order.saw(at(11))).isTrue();
  }
}

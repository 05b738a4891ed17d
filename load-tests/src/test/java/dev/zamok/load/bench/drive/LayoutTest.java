package dev.zamok.load.bench.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void everyMemberOfARoomKnowsThatHeIsInIt() {
    Layout layout = new Layout(30, 5, 10);
    assertThat(layout.connections()).isEqualTo(15);
    for (int room = 0; room < 30; room++) {
      for (int place = 0; place < 5; place++) {
        assertThat(layout.roomsOf(layout.member(room, place))).contains(room);
      }
    }
  }

  @Test
  void noTwoReceiversShareAPlaceInTheLedger() {
    Layout layout = new Layout(6, 4, 3);
    Set<Integer> places = new HashSet<>();
    for (int connection = 0; connection < layout.connections(); connection++) {
      for (int room : layout.roomsOf(connection)) {
        places.add(layout.receiver(connection, room));
      }
    }
    assertThat(places).hasSize(24).allMatch(place -> place >= 0 && place < 24);
  }

  @Test
  void roomsThatHaveTheirTurnTogetherHaveOtherPeople() {
    Layout layout = new Layout(40, 5, 4);
    Set<Integer> busy = new HashSet<>();
    for (int room = 0; room < 10; room++) {
      for (int place = 0; place < 5; place++) {
        assertThat(busy.add(layout.member(room, place))).isTrue();
      }
    }
    assertThat(layout.roomsOf(0)).containsExactly(0, 10, 20, 30);
  }

  @Test
  void roomsThatDoNotDivideEvenlyAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Layout(7, 5, 2));
  }
}

package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.node.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authorities that are heard of no more: for a while, and for good. */
class LostAuthorityTest {
  @TempDir Path directory;
  private ClusterBed bed;

  @BeforeEach
  void open() {
    bed = new ClusterBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private void lookForAlerts(ClusterBed.One at, int times) {
    for (int i = 0; i < times; i++) {
      bed.pass(Duration.ofSeconds(5));
      await(at.authority.onLoop(Nodes::lookForAlerts));
    }
  }

  @Test
  void aLostAuthorityIsAnAlertAndOneThatEndedIsNone() {
    List<ClusterBed.One> all = bed.start(3);
    all.get(2).end();
    bed.pass(Duration.ofSeconds(10));
    bed.settle(2);
    ClusterBed.One left = all.get(0);
    lookForAlerts(left, 4);
    assertThat(left.nodes(Nodes::alerts)).isEmpty();

    all.get(1).kill();
    lookForAlerts(left, 6);
    assertThat(left.nodes(Nodes::alerts))
        .singleElement()
        .satisfies(alert -> assertThat(alert.kind()).isEqualTo("authority-lost"));
  }

  @Test
  void oneThatNeverCameBackIsForgottenAfterAnHourAndItsAlertClears() {
    List<ClusterBed.One> all = bed.start(2);
    all.get(1).kill();
    ClusterBed.One left = all.get(0);
    lookForAlerts(left, 6);
    assertThat(left.nodes(Nodes::alerts)).hasSize(1);

    bed.leap(Duration.ofHours(1));
    lookForAlerts(left, 6);
    assertThat(left.nodes(Nodes::alerts)).isEmpty();
    bed.settle(1);
  }

  /** A laptop's lid, a paused machine: the others removed its row meanwhile. */
  @Test
  void oneThatSleptForMoreThanAnHourComesBackAndGetsItsPart() {
    List<ClusterBed.One> all = bed.start(2);
    ClusterBed.One asleep = all.get(1);
    asleep.sleep();
    bed.pass(Duration.ofSeconds(15));
    bed.leap(Duration.ofHours(1));
    bed.pass(Duration.ofSeconds(15));
    asleep.wake();
    bed.settle(2);
    assertThat(asleep.leases()).isEqualTo(ClusterBed.PARTITIONS / 2);
  }
}

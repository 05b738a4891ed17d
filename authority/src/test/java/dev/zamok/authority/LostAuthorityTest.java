package dev.zamok.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.alert.AlertConfig;
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
  /** Longer than it takes until it counts as lost, and until that is told. */
  private static final Duration LOST_FOR_GOOD = Duration.ofSeconds(30);

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

  @Test
  void aLostAuthorityIsAnAlertAndOneThatEndedIsNone() {
    List<ClusterBed.One> all = bed.start(3);
    all.get(2).end();
    bed.pass(Duration.ofSeconds(10));
    bed.settle(2);
    ClusterBed.One left = all.get(0);
    bed.pass(Duration.ofSeconds(20));
    assertThat(left.nodes(Nodes::alerts)).isEmpty();

    all.get(1).kill();
    bed.pass(LOST_FOR_GOOD);
    assertThat(left.nodes(Nodes::alerts))
        .singleElement()
        .satisfies(alert -> assertThat(alert.kind()).isEqualTo("authority-lost"));
  }

  @Test
  void oneThatNeverCameBackIsForgottenAfterAnHourAndItsAlertClears() {
    List<ClusterBed.One> all = bed.start(2);
    all.get(1).kill();
    ClusterBed.One left = all.get(0);
    bed.pass(LOST_FOR_GOOD);
    assertThat(left.nodes(Nodes::alerts)).hasSize(1);

    bed.leap(Duration.ofHours(1));
    // The first look comes before the first round: there it is lost for the last time.
    bed.pass(AlertConfig.DEFAULT.clearAfter().minus(AlertConfig.DEFAULT.every()));
    assertThat(left.nodes(Nodes::alerts)).hasSize(1);
    bed.pass(AlertConfig.DEFAULT.every().multipliedBy(2));
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
    bed.passLateness();
    bed.settle(2);
    assertThat(asleep.leases()).isEqualTo(ClusterBed.PARTITIONS / 2);
  }
}

package dev.zamok.authority.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.lease.LeaseConfig;
import dev.zamok.authority.lease.LeaseKeeper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only authority of a deployment: nobody else takes what it loses. */
class LoneLeasesTest {
  private static final int PARTITION = 0;

  @Test
  void aLeaseThatTheLogRefusedIsTakenAgain(@TempDir Path directory) {
    RoomBed bed = new RoomBed(directory);
    try {
      LeaseKeeper keeper =
          new LeaseKeeper(
              bed.store(), bed.log(), LeaseConfig.ALONE, new LeaseKeeper.Sources(() -> 0, () -> 2));
      bed.on(keeper::takeAll);
      assertThat(keeper.leases().serves(PARTITION)).isTrue();

      keeper.leases().lost(PARTITION);
      assertThat(keeper.leases().serves(PARTITION)).isFalse();

      bed.on(keeper::keepAll);
      assertThat(keeper.leases().serves(PARTITION)).isTrue();
    } finally {
      bed.close();
    }
  }
}

package dev.zamok.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.cassandra.CassandraJava;
import dev.zamok.load.audit.AckLevel;
import dev.zamok.load.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wall clocks that are an hour wrong, on each kind of node. Needs libfaketime, and a Redis that is
 * linked with libc.
 */
@Tag("long")
class ClockFaultsIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void clocksThatAreAnHourWrongLoseNothing(@TempDir Path directory) {
    Path java = WrongClock.javaHome(directory.resolve("java"));
    System.setProperty(CassandraJava.PROPERTY, java.toString());
    Scale scale = Scale.rig();
    try (Rig rig = Rig.withCassandra(directory, 2, WrongClock.redis(directory.resolve("bin")));
        Traffic traffic = Traffic.start(scale.plan(rig.servers(), rig.fingerprint()), "clock")) {
      traffic.logKeeps(Rig.KEPT_BESIDE_CASSANDRA);
      FaultRun run = new FaultRun(traffic, scale, AckLevel.TWO_REPLICAS, System.out);
      Stream.of(
              new ClockFaults(rig, HOUR, "an hour ahead"),
              new ClockFaults(rig, HOUR.negated(), "an hour behind"))
          .map(ClockFaults::all)
          .flatMap(List::stream)
          .forEach(run::run);
      run.report("faults-clocks.txt");

      assertThat(run.failures()).isEmpty();
    } finally {
      System.clearProperty(CassandraJava.PROPERTY);
    }
  }
}

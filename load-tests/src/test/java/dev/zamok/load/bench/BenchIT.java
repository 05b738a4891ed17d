package dev.zamok.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zamok.load.bench.process.Pinning;
import dev.zamok.load.bench.scenario.Deliveries;
import dev.zamok.load.bench.scenario.Growth;
import dev.zamok.load.bench.scenario.Handshakes;
import dev.zamok.load.bench.scenario.Idle;
import dev.zamok.load.bench.scenario.Rekeys;
import dev.zamok.load.bench.scenario.Resume;
import dev.zamok.load.bench.scenario.Scenario;
import dev.zamok.load.bench.scenario.SlowReader;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.protocol.ticket.Algorithm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each scenario at a tiny size, with real servers. What is measured is not judged. */
class BenchIT {
  @TempDir Path directory;

  private Result run(boolean tls, Bench.Size size, Scenario scenario) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Launch launch =
        new Launch(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.zamok.app.Main"),
            List.of(java, "-XX:TieredStopAtLevel=1"),
            List.of(),
            new Pinning(),
            directory);
    Bench.Plan plan = new Bench.Plan(tls, 1, 0, 1, size);
    try (Generator generator = new Generator()) {
      return scenario.run(new Bench(plan, launch, generator, text -> {}));
    }
  }

  private static void assertClean(Result result) {
    assertThat(result.lost()).isZero();
    assertThat(result.doubled()).isZero();
    assertThat(result.ours()).isPositive();
    assertThat(result.ratio()).isPositive();
  }

  @Test
  void fanoutDeliversEverythingOnce() {
    Bench.Size size = new Bench.Size(20, 0, 4, 0);
    assertClean(run(false, size, Deliveries.fanout(size)));
  }

  @Test
  void fanoutOverTlsDeliversEverythingOnce() {
    Bench.Size size = new Bench.Size(20, 0, 4, 0);
    assertClean(run(true, size, Deliveries.fanout(size)));
  }

  @Test
  void roomsDeliverEverythingOnce() {
    Bench.Size size = new Bench.Size(20, 5, 0, 0);
    assertClean(run(false, size, Deliveries.rooms(size)));
  }

  @Test
  void publicationsReturnOnce() {
    Bench.Size size = new Bench.Size(0, 0, 8, 0);
    assertClean(run(false, size, Deliveries.publish(size)));
  }

  @Test
  void messagesByTheClockArriveOnce() {
    Bench.Size size = new Bench.Size(20, 5, 200, 0);
    Result result = run(false, size, Deliveries.latency(size));
    assertClean(result);
    assertThat(result.more()).containsKeys("oursP99Micros", "referenceP99Micros");
  }

  @Test
  void memoryOfIdleConnectionsIsRead() {
    Bench.Size size = new Bench.Size(100, 0, 0, 0);
    assertThat(run(false, size, new Idle(size)).more()).containsKey("kernelBytes");
  }

  @Test
  void handshakesAreCountedAndEveryNewTicketIsChecked() {
    Bench.Size size = new Bench.Size(40, 0, 0, 0);
    Result result = run(true, size, new Handshakes("handshake", Algorithm.HS256, false, size));
    assertClean(result);
    assertThat(result.more()).containsEntry("signaturesChecked", 40L);
  }

  @Test
  void knownTicketsAreNotCheckedAgain() {
    Bench.Size size = new Bench.Size(40, 0, 0, 0);
    Result result = run(true, size, new Handshakes("known", Algorithm.EDDSA, true, size));
    assertClean(result);
    assertThat(result.more())
        .containsEntry("ticketsShown", 40L)
        .containsEntry("signaturesChecked", 0L);
  }

  @Test
  void whoReadsNothingForARoundGetsEverythingInTheEnd() {
    Bench.Size size = new Bench.Size(10, 0, 400, 16_384);
    Result result = run(false, size, new SlowReader(size));
    assertClean(result);
    assertThat(result.more()).containsEntry("roundsInWhichHeFellBehind", 1);
  }

  @Test
  void aReaderWhoDoesNotFallBehindFailsTheRun() {
    Bench.Size size = new Bench.Size(5, 0, 400, 64);
    assertThatIllegalStateException()
        .isThrownBy(() -> run(false, size, new SlowReader(size)))
        .withMessageContaining("did not fall behind");
  }

  @Test
  void clientsThatComeBackGetWhatTheyMissedOnce() {
    Bench.Size size = new Bench.Size(20, 0, 0, 0);
    assertClean(run(false, size, new Resume(size)));
  }

  @Test
  void aRekeyReachesEverybodyInOneFrame() {
    Bench.Size size = new Bench.Size(20, 0, 0, 0);
    Result result = run(false, size, new Rekeys(size));
    assertClean(result);
    assertThat(result.ours()).isEqualTo(1);
    assertThat(result.more()).containsKey("shareRequests").containsEntry("resetFramesOfEach", 3.0);
  }

  @Test
  void growthIsMeasuredAtEachSize() {
    Bench.Size size = new Bench.Size(100, 10, 4, 0);
    Result subscribers = run(false, size, Growth.subscribers(size));
    assertClean(subscribers);
    assertThat(subscribers.more()).containsEntry("sizes", List.of(100));
    assertThat(subscribers.more()).containsKeys("oursMicros", "referenceMicros", "ratios");
    Bench.Size byTheClock = new Bench.Size(0, 10, 200, 0);
    Result rooms = run(false, byTheClock, Growth.rooms(byTheClock));
    assertClean(rooms);
    assertThat(rooms.more()).containsEntry("sizes", List.of(1, 10));
  }
}

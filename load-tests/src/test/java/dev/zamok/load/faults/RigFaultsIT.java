package dev.zamok.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.load.audit.AckLevel;
import dev.zamok.load.traffic.LiveTicket;
import dev.zamok.load.traffic.LiveTicket.Use;
import dev.zamok.load.traffic.Traffic;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small cluster under encrypted traffic, with faults at an exact moment: one run for all tests,
 * and after each fault an audit of all that happened so far.
 */
@Tag("cluster")
class RigFaultsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** After 10 s without a barrier a hub ends its connections. */
  private static final Duration SILENCE = Duration.ofSeconds(12);

  @TempDir private static Path directory;
  private static Scale scale;
  private static Rig rig;
  private static Traffic traffic;
  private static FaultRun run;
  private static ExactFaults exact;
  private static RigFaults between;

  @BeforeAll
  static void start() {
    scale = Scale.rig();
    rig = Rig.start(directory, 2);
    traffic = Traffic.start(scale.plan(rig.servers(), rig.fingerprint()), "rig");
    traffic.logKeeps(Rig.KEPT_IN_LOG);
    run = new FaultRun(traffic, scale, AckLevel.TWO_REPLICAS, System.out);
    exact = new ExactFaults(rig);
    between = new RigFaults(rig);
  }

  @AfterAll
  static void end() {
    if (run != null) {
      run.report("faults-rig.txt");
    }
    if (traffic != null) {
      traffic.close();
    }
    if (rig != null) {
      rig.close();
    }
  }

  /** All in the full form; in the short one those that every build runs. */
  private static List<Fault> some(List<Fault> all, int... brief) {
    return scale.full() ? all : IntStream.of(brief).mapToObj(all::get).toList();
  }

  private static void survives(List<Fault> faults) {
    survives(faults, scale.hold());
  }

  private static void survives(List<Fault> faults, Duration hold) {
    int before = run.failures().size();
    faults.forEach(fault -> run.run(fault, hold));
    assertThat(run.failures().subList(before, run.failures().size())).isEmpty();
  }

  @Test
  void aHubKilledBetweenAppendAndAckLosesAndDoublesNothing() {
    survives(exact.hub());
  }

  @Test
  void anAuthorityKilledAtAStepOfNewKeysTakesItUpAgain() {
    survives(some(exact.rekey(), 0, 2));
  }

  @Test
  void anAuthorityKilledAtAStepOfARemovalTakesItUpAgain() {
    survives(some(exact.evict(), 1, 3));
  }

  @Test
  void anAuthorityKilledWhileItArchivesOrTrimsLosesNoHistory() {
    survives(exact.archive());
  }

  @Test
  void aPushSwallowedInAQuietRoomIsMadeUpFor() {
    int before = run.failures().size();
    run.runOnce(exact.swallowedPush());
    assertThat(run.failures()).hasSize(before);
  }

  @Test
  void aMessageSentAgainAfterAllHasChangedStandsInHistoryOnce() {
    Runnable rotate = () -> traffic.rotateEverywhere(false, PATIENCE);
    List<Fault> all =
        List.of(
            exact.retryAfter("a fail-over", rig::failOver),
            exact.retryAfter(
                "a rotation and a fail-over",
                () -> {
                  rotate.run();
                  rig.failOver();
                }));
    survives(some(all, 1));
  }

  @Test
  void halfANetworkLosesNothing() {
    survives(some(between.lopsided(), 0), SILENCE);
    survives(between.cutOff());
    survives(List.of(between.isolatedPrimary()));
  }

  @Test
  void aPrimaryThatIsBackBeforeAnybodyNoticesLosesNothing() {
    survives(List.of(between.quickRestart()));
  }

  @Test
  void aRemovalGetsThroughWhileReplicasAreShortOrMemoryIs() {
    survives(List.of(between.removalWhileReplicasAreShort(), between.removalWhileOverloaded()));
  }

  @Test
  void aRemovedMemberWithALiveTicketGetsInNowhere() {
    survives(
        List.of(
            Fault.of(
                "a live ticket of a removed member, at a hub that does not follow the room",
                RigFaultsIT::atAHubThatDoesNotFollow),
            Fault.of(
                "a live ticket of a member removed while two replicas are stopped",
                RigFaultsIT::whileReplicasAreShort)));
  }

  private static void atAHubThatDoesNotFollow() {
    LiveTicket ticket = traffic.ticket();
    URI followed = rig.hubs().get(0).hubUrl();
    assertThat(ticket.joinAt(followed, PATIENCE)).isEqualTo(Use.LET_IN);
    URI unfollowed = rig.addHub().hubUrl();
    traffic.removeHolder(ticket, PATIENCE);

    assertThat(ticket.useAt(unfollowed, PATIENCE)).isEqualTo(Use.SHUT_OUT);
    assertThat(ticket.useAt(followed, PATIENCE)).isEqualTo(Use.SHUT_OUT);
    assertThat(ticket.isRenewed()).isFalse();
  }

  /** No entry can tell the hubs that he is out; the authority knows it all the same. */
  private static void whileReplicasAreShort() {
    LiveTicket ticket = traffic.ticket();
    List<RedisServer> frozen = rig.redis().replicas().subList(0, 2);
    frozen.forEach(RedisServer::freeze);
    CompletableFuture<Void> removal =
        CompletableFuture.runAsync(() -> traffic.removeHolder(ticket, PATIENCE));
    try {
      RedisTopology.await("that he gets no ticket", () -> !ticket.isRenewed());
    } finally {
      frozen.forEach(RedisServer::thaw);
    }
    removal.join();
    rig.awaitWhole();
    assertThat(ticket.isRenewed()).isFalse();
    rig.hubs()
        .forEach(hub -> assertThat(ticket.useAt(hub.hubUrl(), PATIENCE)).isEqualTo(Use.SHUT_OUT));
  }
}

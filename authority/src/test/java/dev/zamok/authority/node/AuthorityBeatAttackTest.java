package dev.zamok.authority.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestClock;
import dev.zamok.authority.lease.LeaseConfig;
import dev.zamok.authority.lease.LeaseKeeper;
import dev.zamok.authority.store.RowSeal;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Store;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.NodeBeat.Standing;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.beat.BeatSigner;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Somebody who can publish on the log's Redis, and has no key of beats, speaks as an authority:
 * each leases that it gives up would have the others look at the rows of leases at once, and each
 * time that it tells would be that of its clock.
 */
class AuthorityBeatAttackTest {
  private static final BeatKeys KEYS = BeatKeys.parse("ab".repeat(32));
  private static final long SELF = 99;
  private static final long OTHER = 98;

  private final TestClock clock = new TestClock();
  private final AtomicLong nanos = new AtomicLong();
  private final ClockWatch clocks = new ClockWatch(clock);
  private int looks;

  private final BeatGate gate = gate(KEYS);
  private final BeatSigner signer = new BeatSigner(KEYS, nanos::get);
  private final NodeBeats beats = beats(gate, signer);
  private final BeatSigner other = new BeatSigner(KEYS, nanos::get);

  private BeatGate gate(@Nullable BeatKeys keys) {
    return new BeatGate(keys, SELF, Duration.ofSeconds(6), nanos::get, new Random(1)::nextLong);
  }

  private NodeBeats beats(BeatGate by, @Nullable BeatSigner signing) {
    Store store =
        made(
            Store.class,
            method -> {
              looks++;
              return Future.failedFuture(new Unavailable("away", false));
            });
    RowSeal seal = made(RowSeal.class, method -> Bytes.EMPTY);
    RoomLog.Subscription nothing = () -> {};
    RoomLog log =
        made(
            RoomLog.class,
            method -> method.equals("partitions") ? 1 : Future.succeededFuture(nothing));
    LeaseKeeper keeper =
        new LeaseKeeper(
            new SealedStore(store, seal),
            log,
            LeaseConfig.SHARED,
            new LeaseKeeper.Sources(nanos::get, () -> SELF));
    HubRegistry hubs = new HubRegistry(Duration.ofSeconds(6), nanos::get, new Random(1));
    return new NodeBeats(keeper, hubs, clocks, by, signing);
  }

  /** Whose methods all answer by their name. */
  private static <T> T made(Class<T> type, Function<String, Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> answer.apply(method.getName())));
  }

  private NodeBeat beat(long id, int leases) {
    NodeBeat.Load load = new NodeBeat.Load(Standing.SERVING, leases, 256);
    long wrong = clock.millis() + 3_600_000;
    return new NodeBeat(NodeBeat.Role.AUTHORITY, id, "https://n2:8444", "1", load, wrong);
  }

  @Test
  void aForgedBeatBringsAboutNoLookAtTheLeasesAndTellsOfNoWrongClock() {
    for (int i = 1_000; i > 0; i--) {
      new Notice.Beat(beat(OTHER, i)).accept(beats);
      new Notice.Beat(beat(i, 0)).accept(beats);
    }
    assertThat(looks).isZero();
    assertThat(clocks.apart(Duration.ofSeconds(2))).isEmpty();
  }

  @Test
  void theBeatOfAnotherAuthorityIsHeardOnceAndNotAgainWhenItIsPlayedBack() {
    for (int leases = 9; leases > 4; leases--) {
      other.challenges().heard(gate.signed(gate.challenge()).orElseThrow());
      Notice.SignedBeat said = other.sign(beat(OTHER, leases));
      int before = looks;
      said.accept(beats);
      assertThat(looks).isGreaterThan(before);
      before = looks;
      said.accept(beats);
      assertThat(looks).isEqualTo(before);
    }
    assertThat(clocks.apart(Duration.ofSeconds(2))).containsKey("https://n2:8444");
  }

  @Test
  void challengesOfOthersAreAnsweredAndThoseInOurNameAreNot() {
    Notice.Challenge theirs = new Notice.Challenge(OTHER, 5);
    theirs.accept(beats);
    new Notice.Challenge(SELF, 6).accept(beats);
    gate.signed(gate.challenge()).orElseThrow().accept(beats);
    assertThat(signer.sign(beat(SELF, 1)).answers()).containsExactly(theirs);
  }

  @Test
  void withoutAKeyAllCount() {
    NodeBeats open = beats(gate(null), null);
    new Notice.Beat(beat(OTHER, 9)).accept(open);
    int first = looks;
    assertThat(first).isPositive();
    new Notice.Beat(beat(OTHER, 8)).accept(open);
    assertThat(looks).isGreaterThan(first);
  }
}

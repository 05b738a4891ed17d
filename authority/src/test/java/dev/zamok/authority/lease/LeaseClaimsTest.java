package dev.zamok.authority.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims whose answers come when the test says so. */
class LeaseClaimsTest {
  private static final int PARTITION = 3;

  private final List<Promise<Void>> asked = new ArrayList<>();
  private final List<Integer> gained = new ArrayList<>();
  private final List<Integer> lost = new ArrayList<>();
  private Future<Void> takingUp = Future.succeededFuture();
  private final Leases leases = new Leases(log(), () -> 0);
  private final LeaseClaims claims = new LeaseClaims(log(), leases);

  /** Of which nothing but the claims is asked. */
  private RoomLog log() {
    return (RoomLog)
        Proxy.newProxyInstance(
            RoomLog.class.getClassLoader(),
            new Class<?>[] {RoomLog.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("claim");
              Promise<Void> answer = Promise.promise();
              asked.add(answer);
              return answer.future();
            });
  }

  @BeforeEach
  void trust() {
    leases.trustUntil(1);
    leases.register(
        new LeaseUser() {
          @Override
          public Future<Void> gained(int partition) {
            gained.add(partition);
            return takingUp;
          }

          @Override
          public Future<Void> leaving(int partition) {
            return Future.succeededFuture();
          }

          @Override
          public void lost(int partition) {
            lost.add(partition);
          }
        });
  }

  private static LeaseRow row(long token) {
    return new LeaseRow(PARTITION, token, 7, Position.ZERO, token);
  }

  @Test
  void aLeaseServesOnceTheLogKnowsItAndWhatWasLeftIsTakenUp() {
    Promise<Void> takenUp = Promise.promise();
    takingUp = takenUp.future();
    claims.claimAll(List.of(row(1)));
    assertThat(claims.underWay()).containsExactly(PARTITION);
    assertThat(leases.holds(PARTITION)).isFalse();
    asked.get(0).complete();
    assertThat(gained).containsExactly(PARTITION);
    assertThat(leases.holds(PARTITION)).isTrue();
    assertThat(leases.serves(PARTITION)).isFalse();
    takenUp.complete();
    assertThat(leases.serves(PARTITION)).isTrue();
  }

  /** The answer to a claim comes after a pause in which another authority took the lease. */
  @Test
  void aClaimThatWasForgottenMeanwhileGivesNothing() {
    claims.claimAll(List.of(row(1)));
    claims.forgetAll();
    asked.get(0).complete();
    assertThat(leases.holds(PARTITION)).isFalse();
    assertThat(gained).isEmpty();
  }

  @Test
  void aLateFailureOfAnOlderClaimLeavesTheNewerLeaseAlone() {
    claims.claimAll(List.of(row(1)));
    claims.forget(PARTITION);
    claims.claimAll(List.of(row(3)));
    asked.get(1).complete();
    assertThat(leases.serves(PARTITION)).isTrue();
    asked.get(0).fail(new Unavailable("late", true));
    assertThat(leases.serves(PARTITION)).isTrue();
    assertThat(lost).isEmpty();
  }

  @Test
  void aLeaseLostWhileItIsTakenUpDoesNotServe() {
    Promise<Void> takenUp = Promise.promise();
    takingUp = takenUp.future();
    Future<Void> claimed = claims.claimAll(List.of(row(1)));
    asked.get(0).complete();
    leases.lost(PARTITION);
    takenUp.complete();
    assertThat(claimed.failed()).isTrue();
    assertThat(leases.serves(PARTITION)).isFalse();
    assertThat(lost).containsExactly(PARTITION);
  }

  @Test
  void aFailedClaimIsNotHeldAndComesUpAgain() {
    claims.claimAll(List.of(row(1)));
    asked.get(0).fail(new Unavailable("no answer", true));
    assertThat(claims.underWay()).isEmpty();
    assertThat(leases.holds(PARTITION)).isFalse();
    claims.claimAll(List.of(row(2)));
    asked.get(1).complete();
    assertThat(leases.serves(PARTITION)).isTrue();
  }
}

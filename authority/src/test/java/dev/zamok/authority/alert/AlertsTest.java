package dev.zamok.authority.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.room.RoomBed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
  private static final String HUB = "wss://hub-1.example/hub";

  @TempDir Path directory;
  private final Map<String, String> wrong = new TreeMap<>();
  private final List<String> told = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Vertx vertx = Vertx.vertx();
  private boolean sinkWorks = true;
  private RoomBed bed;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
    dev.zamok.authority.Await.await(vertx.close());
  }

  private Alerts alerts(boolean speaks) {
    return alerts(() -> speaks);
  }

  private Alerts alerts(BooleanSupplier speaks) {
    Condition condition =
        new Condition() {
          @Override
          public String kind() {
            return "hub-lost";
          }

          @Override
          public Future<Map<String, String>> check(Set<String> raised) {
            return Future.succeededFuture(Map.copyOf(wrong));
          }
        };
    AlertSink sink =
        new AlertSink() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public Future<Void> send(Alert alert) {
            told.add((alert.raised() ? "+" : "-") + alert.subject());
            return sinkWorks ? Future.succeededFuture() : Future.failedFuture("no");
          }

          @Override
          public Future<Void> close() {
            return Future.succeededFuture();
          }
        };
    return new Alerts(
        bed.store(),
        List.of(condition),
        new Courier(vertx, List.of(sink)),
        speaks,
        AlertConfig.DEFAULT,
        new Alerts.Sources(bed.clock(), nanos::get, new Metrics()));
  }

  private void pass(Duration time, Alerts... all) {
    for (long i = 0; i < time.toSeconds(); i += 5) {
      nanos.addAndGet(Duration.ofSeconds(5).toNanos());
      for (Alerts one : all) {
        bed.on(one::look);
      }
    }
  }

  @Test
  void whatIsWrongIsToldOnceAndItsEndOnce() {
    Alerts alerts = alerts(true);
    wrong.put(HUB, "gone");
    pass(Duration.ofMinutes(5), alerts);
    assertThat(told).containsExactly("+" + HUB);
    assertThat(alerts.current()).hasSize(1);
    wrong.clear();
    pass(Duration.ofMinutes(5), alerts);
    assertThat(told).containsExactly("+" + HUB, "-" + HUB);
    assertThat(alerts.current()).isEmpty();
    wrong.put(HUB, "gone");
    pass(Duration.ofMinutes(1), alerts);
    assertThat(told).hasSize(3);
  }

  @Test
  void whatComesAndGoesIsNotTold() {
    Alerts alerts = alerts(true);
    for (int i = 0; i < 20; i++) {
      wrong.put(HUB, "gone");
      pass(Duration.ofSeconds(5), alerts);
      wrong.clear();
      pass(Duration.ofSeconds(5), alerts);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void anAlertThatFlickersIsNotCleared() {
    Alerts alerts = alerts(true);
    wrong.put(HUB, "gone");
    pass(Duration.ofSeconds(30), alerts);
    for (int i = 0; i < 20; i++) {
      wrong.clear();
      pass(Duration.ofSeconds(20), alerts);
      wrong.put(HUB, "gone");
      pass(Duration.ofSeconds(5), alerts);
    }
    assertThat(told).containsExactly("+" + HUB);
  }

  @Test
  void onlyOneAuthorityTellsPeopleAndItsSuccessorRepeatsNothing() {
    Alerts first = alerts(true);
    Alerts silent = alerts(false);
    wrong.put(HUB, "gone");
    pass(Duration.ofMinutes(1), first, silent);
    assertThat(silent.current()).hasSize(1);
    Alerts successor = alerts(true);
    pass(Duration.ofMinutes(1), successor);
    assertThat(told).containsExactly("+" + HUB);
    wrong.clear();
    pass(Duration.ofMinutes(1), successor);
    assertThat(told).containsExactly("+" + HUB, "-" + HUB);
  }

  /** As after a pause: what is over is seen before the lease is back that lets it speak. */
  @Test
  void whatIsOverIsNotRaisedAgainBecauseNobodySaidSoYet() {
    AtomicBoolean speaks = new AtomicBoolean(true);
    Alerts alerts = alerts(speaks::get);
    wrong.put(HUB, "gone");
    pass(Duration.ofMinutes(1), alerts);
    wrong.clear();
    speaks.set(false);
    pass(Duration.ofSeconds(30), alerts);
    assertThat(alerts.current()).isEmpty();
    pass(Duration.ofSeconds(5), alerts);
    assertThat(alerts.current()).isEmpty();
    assertThat(told).containsExactly("+" + HUB);
    speaks.set(true);
    pass(Duration.ofSeconds(5), alerts);
    assertThat(told).containsExactly("+" + HUB, "-" + HUB);
  }

  @Test
  void whatWasOverAndIsWrongAgainCountsAsRaisedWhileItsRowLasts() {
    AtomicBoolean speaks = new AtomicBoolean(true);
    Alerts alerts = alerts(speaks::get);
    wrong.put(HUB, "gone");
    pass(Duration.ofMinutes(1), alerts);
    wrong.clear();
    speaks.set(false);
    pass(Duration.ofSeconds(35), alerts);
    wrong.put(HUB, "gone");
    pass(Duration.ofSeconds(10), alerts);
    assertThat(alerts.current()).hasSize(1);
    speaks.set(true);
    pass(Duration.ofMinutes(1), alerts);
    assertThat(told).containsExactly("+" + HUB);
  }

  @Test
  void aSinkThatFailsStopsNothing() {
    sinkWorks = false;
    Alerts alerts = alerts(true);
    wrong.put(HUB, "gone");
    pass(Duration.ofMinutes(1), alerts);
    wrong.put("wss://hub-2.example/hub", "gone");
    pass(Duration.ofMinutes(1), alerts);
    assertThat(told).contains("+" + HUB, "+wss://hub-2.example/hub");
  }
}

package dev.zamok.authority.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnProblemsTest {
  private final Vertx vertx = Vertx.vertx();
  private final OwnProblems own = new OwnProblems(vertx, Watch.NOTHING, Clock.systemUTC());

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whoseHistoryDiffersFromTheLogSaysSoUntilItDoesNot() {
    AtomicInteger rooms = new AtomicInteger();
    own.alteredFrom(rooms::get);
    assertThat(own.text()).isEmpty();
    rooms.set(2);
    assertThat(own.text())
        .startsWith("history-differs ")
        .contains("2 rooms", "their partitions take nothing");
    rooms.set(0);
    assertThat(own.text()).isEmpty();
  }

  @Test
  void whoseBeatsCameTooLateSaysSoUntilItIsOver() {
    AtomicBoolean late = new AtomicBoolean(true);
    own.lateFrom(late::get);
    assertThat(own.text()).startsWith("beats-late ").contains("takes none");
    late.set(false);
    assertThat(own.text()).isEmpty();
  }
}

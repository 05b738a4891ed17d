package dev.zamok.authority.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries alerts to all sinks; tries a few times, and never holds anything else up. */
public final class Courier {
  /** A server that takes a letter and never answers must not keep others from being told. */
  private static final long SEND_SECONDS_MAX = 30;

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int WAITING_MAX = 100;
  private static final List<Duration> RETRIES =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));

  private final Vertx vertx;
  private final List<AlertSink> sinks;
  private int waiting;

  public Courier(Vertx vertx, List<AlertSink> sinks) {
    this.vertx = vertx;
    this.sinks = List.copyOf(sinks);
  }

  void carry(Alert alert) {
    for (AlertSink sink : sinks) {
      if (waiting >= WAITING_MAX) {
        LOG.warn("too many alerts wait: {} is not told {}", sink.name(), alert.kind());
      } else {
        waiting++;
        send(sink, alert, 0);
      }
    }
  }

  private void send(AlertSink sink, Alert alert, int attempt) {
    sink.send(alert)
        .timeout(SEND_SECONDS_MAX, TimeUnit.SECONDS)
        .onSuccess(v -> waiting--)
        .onFailure(
            failure -> {
              if (attempt == RETRIES.size()) {
                waiting--;
                LOG.warn("{} was not told {}: given up", sink.name(), alert.kind());
                return;
              }
              LOG.warn("{} was not told {}: tried again", sink.name(), alert.kind());
              vertx.setTimer(RETRIES.get(attempt).toMillis(), id -> send(sink, alert, attempt + 1));
            });
  }

  public Future<Void> close() {
    return Future.join(sinks.stream().map(AlertSink::close).toList()).mapEmpty();
  }
}

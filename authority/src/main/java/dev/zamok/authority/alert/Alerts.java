package dev.zamok.authority.alert;

import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all conditions; tells each change once. Every authority looks and notes in its log and
 * its metrics; one of them, which {@code speaks}, tells people. What was told is in the store, so
 * that nothing is told twice or forgotten when another one speaks.
 *
 * <p>Belongs to the event loop of the authority.
 */
public final class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final int ROWS_MAX = 1_000;

  private final SealedStore store;
  private final List<Condition> conditions;
  private final Courier courier;
  private final BooleanSupplier speaks;
  private final Sources sources;
  private final Map<String, HoldDown> holds = new HashMap<>();
  private final AlertConfig config;
  private Map<String, Alert> current = Map.of();

  /** The rows, as they were read last. */
  private Map<String, StoredAlert> known = Map.of();

  private Future<Void> running = Future.succeededFuture();

  /** Clocks, and where counts go. */
  public record Sources(Clock clock, LongSupplier nanos, Metrics metrics) {}

  /**
   * @param speaks whether this authority tells people now
   */
  public Alerts(
      SealedStore store,
      List<Condition> conditions,
      Courier courier,
      BooleanSupplier speaks,
      AlertConfig config,
      Sources sources) {
    this.store = store;
    this.conditions = List.copyOf(conditions);
    this.courier = courier;
    this.speaks = speaks;
    this.config = config;
    this.sources = sources;
  }

  /** What this authority finds wrong, by kind and subject. */
  public List<Alert> current() {
    return List.copyOf(current.values());
  }

  /** One look; a call while one is under way yields that one's end. Never fails. */
  public Future<Void> look() {
    if (running.isComplete()) {
      running =
          stored()
              .transform(
                  read -> {
                    if (read.failed()) {
                      // What is wrong is noted all the same; to tell people takes the rows.
                      return look(known);
                    }
                    known = read.result();
                    return look(known).compose(v -> speaks.getAsBoolean() ? speak(known) : done());
                  })
              .recover(
                  failure -> {
                    LOG.warn("alerts were not looked at: {}", failure.toString());
                    return done();
                  });
    }
    return running;
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private Future<Map<String, StoredAlert>> stored() {
    return store
        .range(AlertTables.ALERT, AlertTables.ALERTS, Range.first(ROWS_MAX))
        .map(
            rows -> {
              Map<String, StoredAlert> all = new TreeMap<>();
              rows.forEach(
                  row -> {
                    StoredAlert alert = StoredAlert.of(row);
                    all.put(alert.key(), alert);
                  });
              return all;
            });
  }

  private Future<Void> look(Map<String, StoredAlert> rows) {
    Map<String, Alert> found = new TreeMap<>();
    List<Future<Void>> looks = new ArrayList<>();
    for (Condition condition : conditions) {
      looks.add(look(condition, rows, found));
    }
    return Future.join(looks)
        .transform(
            done -> {
              tellLog(found);
              return Future.succeededFuture();
            });
  }

  private Future<Void> look(
      Condition condition, Map<String, StoredAlert> rows, Map<String, Alert> found) {
    String kind = condition.kind();
    HoldDown hold =
        holds.computeIfAbsent(kind, k -> new HoldDown(config.raiseAfter(), config.clearAfter()));
    long now = sources.nanos().getAsLong();
    Map<String, String> raised = new TreeMap<>();
    rows.values().stream()
        .filter(row -> row.kind().equals(kind) && row.state() != StoredAlert.State.CLEARED)
        .forEach(row -> raised.put(row.subject(), row.text()));
    hold.adopt(raised, now);
    return condition
        .check(raised.keySet())
        .onSuccess(
            wrong ->
                hold.look(wrong, now)
                    .forEach(
                        (subject, text) -> {
                          Alert before = current.get(kind + '\0' + subject);
                          long since =
                              before == null ? sources.clock().millis() : before.atMillis();
                          found.put(
                              kind + '\0' + subject, new Alert(kind, subject, text, true, since));
                        }))
        .onFailure(
            failure -> {
              // What cannot be looked at stays as it was.
              current.forEach(
                  (key, alert) -> {
                    if (alert.kind().equals(kind)) {
                      found.put(key, alert);
                    }
                  });
              LOG.warn("{} cannot be looked at: {}", kind, failure.toString());
            })
        .mapEmpty();
  }

  private void tellLog(Map<String, Alert> found) {
    found.forEach(
        (key, alert) -> {
          if (!current.containsKey(key)) {
            LOG.error(alert.line());
            sources.metrics().count("alerts_raised");
          }
        });
    current.forEach(
        (key, alert) -> {
          if (!found.containsKey(key)) {
            LOG.warn(cleared(alert).line());
            sources.metrics().count("alerts_cleared");
          }
        });
    current = Map.copyOf(found);
    Map<String, Long> counts =
        found.values().stream()
            .collect(Collectors.groupingBy(Alert::kind, TreeMap::new, Collectors.counting()));
    for (Condition condition : conditions) {
      sources
          .metrics()
          .gauge("alerts", "kind", condition.kind(), counts.getOrDefault(condition.kind(), 0L));
    }
  }

  private Alert cleared(Alert alert) {
    return new Alert(alert.kind(), alert.subject(), alert.text(), false, sources.clock().millis());
  }

  /** Brings the rows up to what is wrong here, and tells what was not told yet. */
  private Future<Void> speak(Map<String, StoredAlert> rows) {
    List<Future<Void>> all = new ArrayList<>();
    current.forEach(
        (key, alert) -> {
          StoredAlert row = rows.get(key);
          if (row == null || row.state() == StoredAlert.State.CLEARED) {
            all.add(raise(alert, row));
          } else if (row.state() == StoredAlert.State.RAISED) {
            all.add(tell(row));
          }
        });
    rows.forEach(
        (key, row) -> {
          if (row.state() == StoredAlert.State.CLEARED) {
            if (!current.containsKey(key)) {
              all.add(tell(row));
            }
          } else if (!current.containsKey(key)) {
            all.add(
                write(row.next(StoredAlert.State.CLEARED, sources.clock().millis()))
                    .compose(this::tell));
          }
        });
    return Future.join(all).mapEmpty();
  }

  private Future<Void> raise(Alert alert, @Nullable StoredAlert before) {
    long version = before == null ? 1 : before.version() + 1;
    return write(
            new StoredAlert(
                alert.kind(),
                alert.subject(),
                StoredAlert.State.RAISED,
                alert.atMillis(),
                alert.text(),
                version))
        .compose(this::tell);
  }

  private Future<StoredAlert> write(StoredAlert row) {
    Bytes body = row.body();
    var key = AlertTables.key(row.kind(), row.subject());
    return (row.version() == 1 ? store.insert(key, body) : store.put(key, row.version() - 1, body))
        .map(
            outcome -> {
              if (!outcome.applied()) {
                throw new Unavailable("another authority tells of it", false);
              }
              return row;
            });
  }

  /** Handed to the courier first: rather told twice after a crash than not at all. */
  private Future<Void> tell(StoredAlert row) {
    courier.carry(row.alert());
    if (row.state() == StoredAlert.State.CLEARED) {
      return store.delete(AlertTables.key(row.kind(), row.subject()), row.version()).mapEmpty();
    }
    return write(row.next(StoredAlert.State.TOLD, row.atMillis())).mapEmpty();
  }
}

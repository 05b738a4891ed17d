package dev.zamok.authority.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What is wrong with this process and its machine; the others learn it from its beats. */
final class OwnProblems {
  static final String DISK = "disk-full";
  static final String CERTIFICATE = "certificate-expires";
  static final String ALTERED = "history-differs";
  static final String LATE = "beats-late";

  private static final Duration CERTIFICATE_LEFT_MIN = Duration.ofDays(14);
  private static final int FREE_PERCENT_MIN = 10;

  private final Vertx vertx;
  private final Watch watch;
  private final Clock clock;
  private List<String> disks = List.of();
  private IntSupplier altered = () -> 0;
  private BooleanSupplier late = () -> false;

  OwnProblems(Vertx vertx, Watch watch, Clock clock) {
    this.vertx = vertx;
    this.watch = watch;
    this.clock = clock;
  }

  /** Where it is told in how many rooms log and store differ. */
  void alteredFrom(IntSupplier source) {
    altered = source;
  }

  /** Where it is told whether this authority's beats came too late to keep its leases. */
  void lateFrom(BooleanSupplier source) {
    late = source;
  }

  /** Looks at the disks, off the event loop. */
  Future<Void> look() {
    if (watch.disks().isEmpty()) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(this::fullDisks, false)
        .map(
            found -> {
              disks = found;
              return null;
            });
  }

  private List<String> fullDisks() {
    List<String> full = new ArrayList<>();
    for (Path path : watch.disks()) {
      try {
        FileStore store = Files.getFileStore(path);
        long percent = store.getUsableSpace() * 100 / Math.max(1, store.getTotalSpace());
        if (percent < FREE_PERCENT_MIN) {
          full.add(DISK + " " + percent + " % free at " + path);
        }
      } catch (IOException e) {
        full.add(DISK + " cannot be read at " + path);
      }
    }
    return full;
  }

  /** One a line: a kind, a blank, a text. */
  String text() {
    List<String> all = new ArrayList<>(disks);
    Optional<Instant> ends = watch.certificate().get();
    if (ends.isPresent() && ends.get().isBefore(clock.instant().plus(CERTIFICATE_LEFT_MIN))) {
      all.add(CERTIFICATE + " at " + ends.get());
    }
    int rooms = altered.getAsInt();
    if (rooms > 0) {
      all.add(
          ALTERED
              + " log and store differ in "
              + rooms
              + " rooms: they are not archived, and where entries are stored first their"
              + " partitions take nothing");
    }
    if (late.getAsBoolean()) {
      all.add(
          LATE
              + " they came too late to keep its leases, and it takes none for a while: the store"
              + " answers slowly, or this process stood still");
    }
    return String.join("\n", all);
  }
}

package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.authority.archive.HistoryCheck;
import dev.zamok.authority.archive.HistoryRepair;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.store.OneByOne;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an administrator does where log and store differ (alert {@code history-differs}). */
@Command(
    name = "history",
    description = "Compare the room log with the store, and put the store right by the log.",
    subcommands = {HistoryCheckCommand.class, HistoryRepairCommand.class},
    mixinStandardHelpOptions = true)
public final class HistoryCommand implements Runnable {
  private static final Duration ROOM_MAX = Duration.ofMinutes(10);

  /** It reads the store row by row. */
  private static final Duration ALL_MAX = Duration.ofHours(24);

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "check or repair?");
  }

  static RoomId room(String text) {
    try {
      return RoomId.parse(text);
    } catch (MalformedException | IllegalArgumentException e) {
      throw new UserError(text + " is no room: its id has 22 characters, as the log tells it");
    }
  }

  /** The room, or all of which the log holds anything. */
  static List<HistoryCheck.Report> check(NodeSettings settings, @Nullable String room) {
    RoomId one = room == null ? null : room(room);
    return with(
        settings,
        one == null ? ALL_MAX : ROOM_MAX,
        (store, log) -> {
          HistoryCheck check = new HistoryCheck(store, log);
          return one == null ? check.checkAll() : check.check(one).map(List::of);
        });
  }

  /** Yields how many could be put right, and why no more, where it is not all of them. */
  static Repaired repair(NodeSettings settings, List<HistoryCheck.Difference> differences) {
    return with(
        settings,
        ROOM_MAX,
        (store, log) -> {
          HistoryRepair repair = new HistoryRepair(store);
          Iterator<HistoryCheck.Difference> left = differences.iterator();
          AtomicInteger done = new AtomicInteger();
          return OneByOne.whileTrue(
                  () ->
                      left.hasNext()
                          ? repair.repair(left.next()).map(v -> done.incrementAndGet() > 0)
                          : Future.succeededFuture(false))
              .map(v -> new Repaired(done.get(), null))
              .recover(
                  failure ->
                      failure instanceof Unavailable
                          ? Future.succeededFuture(new Repaired(done.get(), failure.getMessage()))
                          : Future.failedFuture(failure));
        });
  }

  /**
   * What a repair did.
   *
   * @param stopped why it went no further; null when all is done
   */
  record Repaired(int count, @Nullable String stopped) {}

  private static <T> T with(
      NodeSettings settings, Duration max, BiFunction<SealedStore, RoomLog, Future<T>> task) {
    SecureRandom random = new SecureRandom();
    return Foreground.once(vertx -> with(vertx, settings, random, task), max.toSeconds());
  }

  private static <T> Future<T> with(
      Vertx vertx,
      NodeSettings settings,
      SecureRandom random,
      BiFunction<SealedStore, RoomLog, Future<T>> task) {
    return Stores.openAll(vertx, settings.places(), Clock.systemUTC())
        .compose(
            stores ->
                stores
                    .keyring(random)
                    .map(
                        keyring ->
                            new SealedStore(stores.store(), new KeyringSeal(keyring, random)))
                    .compose(store -> task.apply(store, stores.log()))
                    .transform(
                        done ->
                            done.succeeded()
                                ? stores.close().map(done.result())
                                : stores.giveUp(explain(done.cause()))));
  }

  private static Throwable explain(Throwable failure) {
    return failure instanceof Unavailable
        ? new UserError("the room log or the store does not answer: " + failure.getMessage())
        : failure;
  }
}

package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.authority.archive.HistoryCheck;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
  private static final long SECONDS_MAX = 600;

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
        check ->
            one == null
                ? check.rooms().compose(rooms -> all(check, List.copyOf(rooms), new ArrayList<>()))
                : check.check(one).map(List::of));
  }

  private static Future<List<HistoryCheck.Report>> all(
      HistoryCheck check, List<RoomId> rooms, List<HistoryCheck.Report> done) {
    return done.size() == rooms.size()
        ? Future.succeededFuture(done)
        : check
            .check(rooms.get(done.size()))
            .compose(
                report -> {
                  done.add(report);
                  return all(check, rooms, done);
                });
  }

  static <T> T with(NodeSettings settings, Function<HistoryCheck, Future<T>> task) {
    SecureRandom random = new SecureRandom();
    return Foreground.once(vertx -> with(vertx, settings, random, task), SECONDS_MAX);
  }

  private static <T> Future<T> with(
      Vertx vertx,
      NodeSettings settings,
      SecureRandom random,
      Function<HistoryCheck, Future<T>> task) {
    return Stores.openAll(vertx, settings.places(), Clock.systemUTC())
        .compose(
            stores ->
                stores
                    .keyring(random)
                    .map(
                        keyring ->
                            new SealedStore(stores.store(), new KeyringSeal(keyring, random)))
                    .map(store -> new HistoryCheck(store, stores.log()))
                    .compose(task)
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

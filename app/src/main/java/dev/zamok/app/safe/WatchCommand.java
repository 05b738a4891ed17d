package dev.zamok.app.safe;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print what happens in safes, as it comes. */
@Command(
    name = "watch",
    description = {
      "Print what happens in a safe and in its folders that you read, a line for each change as it",
      "comes, until it is interrupted; without a name, in all your safes. No line shows what is in a",
      "secret. Times are those of the authors' clocks.",
      "What cannot be verified, and a connection that is lost or back, is told as well."
    },
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SAFE",
      description = "Its name or id; without it, all of them.")
  private @Nullable String safe;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String one = safe;
    WatchPace pace = Objects.requireNonNull(parent).watchPace();
    Watch watch = new Watch(desk, new WatchSignals(), pace);
    return one == null ? watch.all() : watch.one(desk.safe(one));
  }
}

package dev.zamok.app.group;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Make the secrets that are owed since somebody left a group. */
@Command(
    name = "settle",
    description = "Make the secrets that are owed since somebody left a group.",
    mixinStandardHelpOptions = true)
final class SettleCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    desk.printWaiting(desk.on(desk.group(group).settle()));
    return 0;
  }
}

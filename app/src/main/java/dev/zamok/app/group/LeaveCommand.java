package dev.zamok.app.group;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Leave a group; the others make the secrets that you do not get. */
@Command(
    name = "leave",
    description = "Leave a group; the others make the secrets that you do not get.",
    mixinStandardHelpOptions = true)
final class LeaveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    desk.on(desk.group(group).leave());
    return 0;
  }
}

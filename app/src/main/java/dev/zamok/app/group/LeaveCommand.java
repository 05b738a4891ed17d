package dev.zamok.app.group;

import dev.zamok.client.group.Group;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Leave a group; the others make the secrets that you do not get. */
@Command(
    name = "leave",
    description = {
      "Leave a group, and print what you could open by it: who stays should change that. The others",
      "make the secrets that you do not get. Exit code 1: you are out, but a safe could not be looked",
      "into, and the list is not the whole."
    },
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
    Group left = desk.group(group);
    boolean all = desk.printOpenTo(left);
    desk.on(left.leave());
    return all ? 0 : 1;
  }
}

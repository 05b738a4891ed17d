package dev.zamok.app.group;

import dev.zamok.client.group.Group;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Remove somebody from a group, and print what he could open and which safes wait for admins. */
@Command(
    name = "remove",
    description = {
      "Remove somebody from a group, and print what he could open by it: change those secrets where",
      "they are used. Prints the safes too that wait for their admins. Exit code 1: he is out, but a",
      "safe could not be looked into, and the list is not the whole."
    },
    mixinStandardHelpOptions = true)
final class RemoveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Parameters(index = "1", paramLabel = "LOGIN", description = "Whom.")
  private String login = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    Group from = desk.group(group);
    desk.printWaiting(desk.on(from.remove(login)));
    return desk.printOpenTo(from) ? 0 : 1;
  }
}

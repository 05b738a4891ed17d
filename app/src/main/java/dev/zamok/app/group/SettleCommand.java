package dev.zamok.app.group;

import dev.zamok.client.group.Group;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Make the secrets that are owed since somebody left a group. */
@Command(
    name = "settle",
    description = {
      "Make the secrets that are owed since somebody left a group, and print what whoever left could",
      "open by it, also where another member has made them: change those secrets where they are used.",
      "Exit code 1: a safe could not be looked into, and the list is not the whole."
    },
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
    Group settled = desk.group(group);
    desk.printWaiting(desk.on(settled.settle()));
    if (!desk.on(settled.isRenewedAfterLeaving())) {
      desk.note("nobody has left since the secret before the newest one");
      return 0;
    }
    return desk.printOpenTo(settled) ? 0 : 1;
  }
}

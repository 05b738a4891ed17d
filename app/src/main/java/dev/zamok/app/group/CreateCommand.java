package dev.zamok.app.group;

import dev.zamok.client.group.Group;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Make a group and print its id. */
@Command(
    name = "create",
    description = "Make a group and print its id.",
    mixinStandardHelpOptions = true)
final class CreateCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
  private String name = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    Group made = desk.create(name);
    if (desk.json()) {
      desk.print(made);
    } else {
      desk.print(made.id().toString());
    }
    return 0;
  }
}

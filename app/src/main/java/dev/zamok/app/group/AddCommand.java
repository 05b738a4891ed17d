package dev.zamok.app.group;

import dev.zamok.client.group.Group;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Add somebody to a group, or make a member an admin of it or one no more. */
@Command(
    name = "add",
    description = "Add somebody to a group, or make a member an admin of it or one no more.",
    mixinStandardHelpOptions = true)
final class AddCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Parameters(index = "1", paramLabel = "LOGIN", description = "Whom.")
  private String login = "";

  @Option(names = "--admin", description = "He may add and remove others.")
  private boolean admin;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    Group to = desk.group(group);
    desk.on(to.add(login, admin));
    desk.on(to.members()).stream()
        .filter(member -> member.contact().login().equals(login))
        .forEach(desk::print);
    return 0;
  }
}

package dev.zamok.app.group;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print who is in a group, with roles and fingerprints. */
@Command(
    name = "members",
    description = "Print who is in a group, with roles and fingerprints.",
    mixinStandardHelpOptions = true)
final class MembersCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    desk.on(desk.group(group).members()).forEach(desk::print);
    return 0;
  }
}

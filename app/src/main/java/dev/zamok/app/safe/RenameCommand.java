package dev.zamok.app.safe;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Give a safe another name, for all its members. */
@Command(
    name = "rename",
    description = "Give a safe another name, for all its members.",
    mixinStandardHelpOptions = true)
final class RenameCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "What to call it.")
  private String name = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    desk.on(desk.safeToChange(safe).rename(name));
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Remove a folder with rights of its own. */
@Command(
    name = "remove",
    description = "Remove a folder with rights of its own, if nothing is in it.",
    mixinStandardHelpOptions = true)
final class FolderRemoveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable FolderCommand parent;

  @Mixin private FolderChoice which = new FolderChoice();

  @Option(
      names = "--with-secrets",
      description = "With all that is in it, for good; needed for a folder that you cannot read.")
  private boolean evenIfFull;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = which.safeToChange(desk);
    desk.on(in.folders().remove(which.folder(desk, in), evenIfFull));
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Move or rename a folder with rights of its own. */
@Command(
    name = "move",
    description = "Move or rename a folder with rights of its own; what is in it goes along.",
    mixinStandardHelpOptions = true)
final class FolderMoveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable FolderCommand parent;

  @Mixin private FolderChoice which = new FolderChoice();

  @Parameters(index = "2", paramLabel = "PATH", description = "Where it is to be.")
  private String path = "";

  @Option(
      names = "--to",
      paramLabel = "SAFE",
      description = "In this safe. Who is not in it is put out of the folder.")
  private @Nullable String to;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = which.safeToChange(desk);
    SafeFolder folder = which.folder(desk, in);
    String other = to;
    Safe target = other == null ? in : desk.safeToChange(other);
    SafeFolder moved = desk.on(in.folders().move(folder, target, path));
    if (desk.json()) {
      desk.print(FolderLines.folder(moved, true));
    }
    return 0;
  }
}

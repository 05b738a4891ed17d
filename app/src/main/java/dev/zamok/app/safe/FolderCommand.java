package dev.zamok.app.safe;

import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Folders with rights of their own. */
@Command(
    name = "folder",
    description = {
      "Give folders of a safe rights of their own.",
      "Rights are full, read and none: who has none cannot decrypt what is in it. Other folders are",
      "paths: they come and go with the secrets in them."
    },
    subcommands = {
      FolderCreateCommand.class,
      FolderListCommand.class,
      FolderMoveCommand.class,
      FolderRemoveCommand.class,
      FolderRightsCommand.class
    },
    mixinStandardHelpOptions = true)
final class FolderCommand implements Runnable {
  @ParentCommand private @Nullable SafeCommand parent;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "name what to do, such as list");
  }

  int with(ToIntFunction<Desk> work) {
    return Objects.requireNonNull(parent).with(work);
  }
}

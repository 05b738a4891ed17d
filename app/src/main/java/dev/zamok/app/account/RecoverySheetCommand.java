package dev.zamok.app.account;

import dev.zamok.app.login.ServerChoice;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A new recovery code, in a file to be printed. */
@Command(
    name = "recovery-sheet",
    description = {
      "Make a recovery code and write it to a new file, as HTML if its name ends so, else as text.",
      "A code made before opens the account no more. Asks for the login password."
    },
    mixinStandardHelpOptions = true)
final class RecoverySheetCommand implements Callable<Integer> {
  @ParentCommand private @Nullable AccountCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Parameters(index = "0", paramLabel = "NEW", description = "The file.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Objects.requireNonNull(parent).connector(server, spec).recoverySheet(file);
    return 0;
  }
}

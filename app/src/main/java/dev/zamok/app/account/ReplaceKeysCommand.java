package dev.zamok.app.account;

import dev.zamok.app.UserError;
import dev.zamok.app.login.ServerChoice;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** New keys, and a place under them wherever the account was by those before. */
@Command(
    name = "replace-keys",
    description = {
      "Replace the keys of your account: when somebody may have them, from a lost",
      "device or a copied profile. Asks for the login password and the master",
      "password, which stay. Your new card is signed by the former keys, so others'",
      "programs take it without an alarm. All other logins end, kept devices need the",
      "passwords again, and a recovery sheet from before opens nothing more. Where",
      "you administer a safe, group or room, you are admitted anew at once, with a",
      "new secret; for the others it is printed who must do it and how. Until then",
      "the former keys open what is sealed there, and what they opened before they go",
      "on opening. Exits with 1 while something is left to do. Stopped on its way, it",
      "is finished by the next login; then --rest does what follows."
    },
    mixinStandardHelpOptions = true)
final class ReplaceKeysCommand implements Callable<Integer> {
  @ParentCommand private @Nullable AccountCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Option(
      names = "--rest",
      description = "Make no new keys; do and print what is left of the last time.")
  private boolean rest;

  @Option(
      names = "--new-recovery-sheet",
      paramLabel = "NEW",
      description = "Write a new recovery code to this file, as HTML if it ends so, else as text.")
  private @Nullable Path sheet;

  @Option(names = "--json", description = "Print JSON objects, one a line.")
  private boolean json;

  @Override
  public Integer call() {
    if (rest && sheet != null) {
      throw new UserError("--rest makes no recovery sheet: zamok account recovery-sheet does", 2);
    }
    var connector = Objects.requireNonNull(parent).connector(server, spec);
    ReplacedLines lines = new ReplacedLines(server.login(), json);
    var left = rest ? connector.readmit() : connector.replaceKeys(sheet);
    lines.of(left).forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return lines.exitCode(left);
  }
}

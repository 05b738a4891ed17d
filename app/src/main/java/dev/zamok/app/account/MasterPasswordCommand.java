package dev.zamok.app.account;

import dev.zamok.app.login.ServerChoice;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Another master password. */
@Command(
    name = "master-password",
    description = {
      "Change the master password. Asks for the login password, the master password of now, and the",
      "new one twice; scripts give that one in ZAMOK_NEW_MASTER_PASSWORD or its _FILE. Devices that",
      "are kept and the recovery code go on. Your keys stay the same: who knew the old password and",
      "had a copy of the server's data could have opened them."
    },
    mixinStandardHelpOptions = true)
final class MasterPasswordCommand implements Callable<Integer> {
  @ParentCommand private @Nullable AccountCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Option(
      names = "--end-other-logins",
      description = "End all other logins; devices that were kept need the new password too.")
  private boolean endOthers;

  @Override
  public Integer call() {
    Objects.requireNonNull(parent).connector(server, spec).changeMasterPassword(endOthers);
    return 0;
  }
}

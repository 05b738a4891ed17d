package dev.zamok.app.account;

import dev.zamok.app.login.ServerChoice;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Another login password. */
@Command(
    name = "login-password",
    description = {
      "Change the login password. Asks for the one of now, the master password, and the new one",
      "twice; scripts give that one in ZAMOK_NEW_PASSWORD or its _FILE. All other logins end, those of",
      "kept devices too."
    },
    mixinStandardHelpOptions = true)
final class LoginPasswordCommand implements Callable<Integer> {
  @ParentCommand private @Nullable AccountCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Override
  public Integer call() {
    Objects.requireNonNull(parent).connector(server, spec).changeLoginPassword();
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import dev.zamok.app.secret.ChildEnvironment;
import dev.zamok.app.secret.SecretReference;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a command with secrets in its environment. */
@Command(
    name = "run",
    description = {
      "Run a command with secrets of safes in its environment, and in no other place:",
      "zamok run --login ada --env DB_PASSWORD=servers/prod#password -- ./deploy.sh",
      "Yields the exit code of the command."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Option(
      names = "--env",
      required = true,
      paramLabel = "NAME=SAFE/SECRET#FIELD",
      description = "A variable of the command; the password without #FIELD. May be repeated.")
  private List<String> env = new ArrayList<>();

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "After --, with arguments.")
  private List<String> command = new ArrayList<>();

  public RunCommand() {
    this(Surroundings.ofProcess());
  }

  RunCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Map<String, SecretReference> wanted = ChildEnvironment.parse(env);
    Map<String, SecretText> values = new LinkedHashMap<>();
    int unused =
        new Opening(server, around, false)
            .with(
                spec.commandLine(),
                null,
                desk -> {
                  wanted.forEach((name, reference) -> values.put(name, value(desk, reference)));
                  return 0;
                });
    return ChildEnvironment.run(command, values);
  }

  private static SecretText value(Desk desk, SecretReference reference) {
    Safe in = desk.safe(reference.safe());
    Secret secret = desk.opened(in, desk.secret(in, reference.item())).secret();
    return desk.value(secret, reference.field());
  }
}

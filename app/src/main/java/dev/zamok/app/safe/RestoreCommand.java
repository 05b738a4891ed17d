package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Take a secret out of the trash, or make an earlier version the newest. */
@Command(
    name = "restore",
    description = "Take a secret out of the trash, or make an earlier version the newest.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Mixin private SecretChoice which = new SecretChoice();

  @Option(names = "--version-number", paramLabel = "N", description = "The version, as log shows.")
  private int version;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = which.safeToChange(desk);
    SafeItem now = which.secret(desk, in).item();
    if (version == 0) {
      desk.on(in.restore(now));
      return 0;
    }
    SafeItem earlier =
        desk.on(in.versions(now.id())).stream()
            .filter(item -> item.version() == version)
            .findFirst()
            .orElseThrow(() -> new UserError("there is no such version", UserError.NOT_FOUND));
    desk.on(in.restore(now, earlier));
    return 0;
  }
}

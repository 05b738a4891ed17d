package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Lay a secret into the trash. */
@Command(
    name = "trash",
    description = "Lay a secret into the trash.",
    mixinStandardHelpOptions = true)
final class TrashCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Mixin private SecretChoice which = new SecretChoice();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = which.safeToChange(desk);
    desk.on(in.items().trash(which.secret(desk, in).item()));
    return 0;
  }
}

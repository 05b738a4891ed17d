package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeItem;
import java.util.Objects;
import java.util.Optional;
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
    Optional<SafeContents.Unreadable> lost = new SecretNames(desk, in).unreadable(which.secret());
    if (lost.isPresent()) {
      desk.on(
          in.items()
              .restore(lost.get(), new SecretNames(desk, in).version(lost.get().id(), version)));
      return 0;
    }
    Optional<SafeItem> garbled = new SecretNames(desk, in).garbled(which.secret());
    SafeItem now = garbled.isPresent() ? garbled.get() : which.secret(desk, in).item();
    if (version == 0 && garbled.isEmpty()) {
      desk.on(in.items().restore(now));
    } else {
      desk.on(in.items().restore(now, new SecretNames(desk, in).version(now.id(), version)));
    }
    return 0;
  }
}

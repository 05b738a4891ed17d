package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.protocol.ItemId;
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
    Optional<SafeContents.Unreadable> lost = desk.unreadable(in, which.secret());
    if (lost.isPresent()) {
      desk.on(in.items().restore(lost.get(), earlier(desk, in, lost.get().id())));
      return 0;
    }
    Optional<SafeItem> garbled = desk.garbled(in, which.secret());
    SafeItem now = garbled.isPresent() ? garbled.get() : which.secret(desk, in).item();
    if (version == 0 && garbled.isEmpty()) {
      desk.on(in.items().restore(now));
    } else {
      desk.on(in.items().restore(now, earlier(desk, in, now.id())));
    }
    return 0;
  }

  private SafeItem earlier(Desk desk, Safe in, ItemId id) {
    return desk.on(in.items().versions(id)).stream()
        .filter(item -> item.version() == version)
        .findFirst()
        .orElseThrow(
            () -> new UserError("name an earlier version: --version-number", UserError.NOT_FOUND));
  }
}

package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.protocol.ItemId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Print the versions of a secret, with their authors and times. */
@Command(
    name = "log",
    description = "Print the versions of a secret, with their authors and times.",
    mixinStandardHelpOptions = true)
final class LogCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Mixin private SecretChoice which = new SecretChoice();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = which.safe(desk);
    UnreadLines unread = new UnreadLines(desk, in);
    ItemId item =
        new SecretNames(desk, in)
            .lost(which.secret())
            .orElseGet(() -> which.secret(desk, in).item().id());
    for (SafeItem version : desk.on(in.items().versions(item))) {
      desk.opened(version)
          .ifPresentOrElse(
              found -> desk.print(SecretLines.version(found, desk.json())),
              () -> unread.add(version.id(), version.version()));
    }
    unread.tell(true);
    return 0;
  }
}

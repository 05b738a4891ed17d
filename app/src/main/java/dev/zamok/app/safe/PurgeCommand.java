package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeItem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Remove secrets of the trash for good: one, or all that lie there for long. */
@Command(
    name = "purge",
    description = "Remove secrets of the trash for good: one, or all that lie there for long.",
    mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SECRET",
      description = "One secret, however long it lies there.")
  private @Nullable String secret;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      description = "Those that lie there for so many days (default: ${DEFAULT-VALUE}).")
  private int days = 30;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = desk.safeToChange(safe);
    String one = secret;
    if (one != null) {
      Optional<SafeContents.Unreadable> lost = new SecretNames(desk, in).unreadable(one);
      if (lost.isPresent()) {
        desk.on(in.items().purge(lost.get()));
        return 0;
      }
      Optional<SafeItem> garbled = new SecretNames(desk, in).garbled(one);
      if (garbled.isPresent()) {
        desk.on(in.items().purge(garbled.get()));
        return 0;
      }
      Desk.Found found = desk.secret(in, one);
      if (!found.item().trashed()) {
        throw new UserError("it is not in the trash: trash it first");
      }
      desk.on(in.items().purge(found.item()));
      return 0;
    }
    int count = desk.on(in.upkeep().purgeTrash(Duration.ofDays(days)));
    desk.print(
        desk.json()
            ? JsonLines.write(JsonLines.object("purged").put("secrets", count))
            : count + " secrets are gone");
    desk.broken().lacking(in);
    return 0;
  }
}

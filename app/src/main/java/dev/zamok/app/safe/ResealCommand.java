package dev.zamok.app.safe;

import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.safe.Safe;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Seal everything in a safe under its newest secret. */
@Command(
    name = "reseal",
    description = "Seal everything in a safe under its newest secret.",
    mixinStandardHelpOptions = true)
final class ResealCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = desk.safeToChange(safe);
    int count = desk.on(in.upkeep().reseal());
    desk.print(
        desk.json()
            ? JsonLines.write(JsonLines.object("resealed").put("secrets", count))
            : count + " secrets were sealed anew");
    desk.broken().lacking(in);
    return 0;
  }
}

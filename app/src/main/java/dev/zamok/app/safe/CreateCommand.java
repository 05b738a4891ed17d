package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Make a safe and print its id. */
@Command(
    name = "create",
    description = "Make a safe and print its id.",
    mixinStandardHelpOptions = true)
final class CreateCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
  private String name = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe safe = desk.create(name);
    desk.print(desk.json() ? SecretLines.safeJson(safe, name, "owner") : safe.id().toString());
    return 0;
  }
}

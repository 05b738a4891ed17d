package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lay a secret into the trash. */
@Command(
    name = "trash",
    description = "Lay a secret into the trash.",
    mixinStandardHelpOptions = true)
final class TrashCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "SECRET", description = "Its name, folder/name or id.")
  private String secret = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = desk.safe(safe);
    desk.on(in.trash(desk.secret(in, secret).item()));
    return 0;
  }
}

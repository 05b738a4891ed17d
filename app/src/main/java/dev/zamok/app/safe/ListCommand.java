package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print your safes, or the secrets of one. */
@Command(
    name = "list",
    description = "Print your safes, or the secrets of one.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", arity = "0..1", paramLabel = "SAFE", description = "Its name or id.")
  private @Nullable String safe;

  @Option(names = "--trash", description = "What lies in the trash, instead.")
  private boolean trash;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String one = safe;
    if (one == null) {
      for (Safe each : desk.safes()) {
        desk.print(desk.line(each));
      }
      return 0;
    }
    Safe in = desk.safe(one);
    desk.listed(in);
    for (Desk.Found found : desk.whole(in)) {
      if (trash == found.item().trashed()) {
        desk.print(SecretLines.entry(found, desk.json()));
      }
    }
    return 0;
  }
}

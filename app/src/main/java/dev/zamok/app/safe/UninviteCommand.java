package dev.zamok.app.safe;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Withdraw an invitation. */
@Command(
    name = "uninvite",
    description = "Withdraw an invitation: its code is worth nothing from then on.",
    mixinStandardHelpOptions = true)
final class UninviteCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(
      index = "1",
      paramLabel = "INVITATION",
      description = "Its number, as invite and invitations print it.")
  private int invitation;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    desk.on(desk.safeToChange(safe).invitations().withdraw(invitation));
    return 0;
  }
}

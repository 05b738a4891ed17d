package dev.zamok.app.safe;

import dev.zamok.client.room.SealedInvites;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Remove a member from a safe, and print what he could open: change those secrets. */
@Command(
    name = "revoke",
    description =
        "Remove a member from a safe, and print what he could open: change those secrets.",
    mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "LOGIN", description = "Whom.")
  private String login = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe from = desk.safeToChange(safe);
    for (SafeItem item : desk.on(from.revoke(login))) {
      desk.opened(item).ifPresent(found -> desk.print(SecretLines.entry(found, desk.json())));
    }
    // A code that he heard lets him in again under another name.
    for (SealedInvites.Open open : desk.on(from.invitations())) {
      desk.note(
          "still open, withdraw it if its code may be known: "
              + SharingLines.open(from, open, false));
    }
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print the invitations that are pending. */
@Command(
    name = "invitations",
    description = {
      "Print the pending invitations into the safes that you administer, or into one of them,",
      "and those whose letter you have shown with accept."
    },
    mixinStandardHelpOptions = true)
final class InvitationsCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", arity = "0..1", paramLabel = "SAFE", description = "Its name or id.")
  private @Nullable String safe;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String one = safe;
    if (one == null) {
      desk.on(desk.all().invitations())
          .forEach(own -> desk.print(SharingLines.own(own, desk.json())));
    }
    List<Safe> safes =
        one != null
            ? List.of(desk.safe(one))
            : desk.credible().stream()
                .filter(each -> desk.on(each.role()).atLeast(Role.ADMIN))
                .toList();
    for (Safe each : safes) {
      desk.on(each.invitations().open())
          .forEach(open -> desk.print(SharingLines.open(each, open, desk.json())));
    }
    return 0;
  }
}

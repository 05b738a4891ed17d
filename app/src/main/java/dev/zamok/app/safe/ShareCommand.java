package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Let an account into a safe, or change its role. */
@Command(
    name = "share",
    description = "Let an account into a safe, or change its role.",
    mixinStandardHelpOptions = true)
final class ShareCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "LOGIN", description = "Whom.")
  private String login = "";

  @Mixin private RoleChoice role = new RoleChoice();

  @Mixin private CardChoice card = new CardChoice();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Role given = role.role();
    Safe in = desk.safeToChange(safe);
    // Who changes a role goes by the card that the chain names; everybody else is agreed to first.
    boolean changes =
        desk.on(in.members()).stream()
            .anyMatch(one -> one.contact().login().equals(login) && one.role() != given);
    desk.on(in.share(changes ? desk.contact(login) : card.agreed(desk, login), given));
    desk.on(in.members()).stream()
        .filter(member -> member.contact().login().equals(login))
        .forEach(member -> desk.print(SecretLines.member(member, desk.json())));
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.safe.Invitation;
import dev.zamok.client.safe.Safe;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Invite somebody who may have no account yet. */
@Command(
    name = "invite",
    description = {
      "Invite somebody who may have no account yet, and print a link and a code.",
      "The server sends the link to the address; tell the code over another channel."
    },
    mixinStandardHelpOptions = true)
final class InviteCommand implements Callable<Integer> {
  private static final int DAYS_MAX = 30;

  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "EMAIL",
      description = "Where the letter goes; without it you hand over the link yourself.")
  private @Nullable String email;

  @Mixin private RoleChoice role = new RoleChoice();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long it can be accepted, at most 30 (default: ${DEFAULT-VALUE}).")
  private int days = 7;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    if (days < 1 || days > DAYS_MAX) {
      throw new UserError("an invitation is open for 1 to " + DAYS_MAX + " days", 2);
    }
    Safe in = desk.safeToChange(safe);
    Invitation made = desk.on(in.invitations().invite(role.role(), Duration.ofDays(days), email));
    if (desk.json()) {
      desk.print(
          JsonLines.write(
              JsonLines.object("invitation")
                  .put("invitation", made.index())
                  .put("link", made.link().toString())
                  .put("code", made.code())
                  .put("letter", made.letter())));
      return 0;
    }
    desk.print("invitation " + made.index());
    desk.print("link: " + made.link());
    desk.print("code: " + made.code());
    desk.note(
        switch (made.letter()) {
          case "sent" -> "the letter with the link was sent; tell the code over another channel";
          case "kept" ->
              "the server sends no mail: its administrator has the letter as a file, or pass on the"
                  + " link yourself. Tell the code over another channel";
          case "failed" ->
              "the letter could not be sent, the invitation stands: pass on the link yourself, and"
                  + " the code over another channel";
          default -> "pass on the link, and the code over another channel";
        });
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.login.Passwords;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.InviteLink;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Accept an invitation. */
@Command(
    name = "accept",
    description = {
      "Accept an invitation into a safe, and print the safe's id.",
      "The code that came another way is asked for, or is the first line of the file that",
      "ZAMOK_CODE_FILE names. Without a code the invitation is listed from then on.",
      "Whoever has no account yet makes one with --register before the command, once."
    },
    mixinStandardHelpOptions = true)
final class AcceptCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(
      index = "0",
      paramLabel = "LINK",
      description = "The link of the letter; nothing in it is secret.")
  private String link = "";

  @Override
  public Integer call() {
    InviteLink to;
    try {
      to = InviteLink.parse(link);
    } catch (ClientProblem e) {
      throw new UserError(String.valueOf(e.getMessage()), 2);
    }
    SafeCommand safe = Objects.requireNonNull(parent);
    safe.requireServerOf(to);
    return safe.with(to, desk -> run(desk, to));
  }

  private int run(Desk desk, InviteLink to) {
    showLetter(desk, to);
    char[] code = new Passwords(desk.around().environment(), desk.around().asker()).code();
    try {
      Void unused = desk.on(desk.all().accept(to, new String(code)));
      String id = to.room().toString();
      desk.print(desk.json() ? JsonLines.write(JsonLines.object("accepted").put("safe", id)) : id);
      desk.note("you are in it once a program of an admin of the safe has seen that");
    } finally {
      Arrays.fill(code, '\0');
    }
    return 0;
  }

  /** A help to find it again; whether the invitation is good, the code will show. */
  private static void showLetter(Desk desk, InviteLink to) {
    try {
      desk.on(desk.all().claim(to));
    } catch (UserError e) {
      if (e.exitCode() == UserError.DOES_NOT_VERIFY) {
        throw e;
      }
      desk.note("the server does not list it: " + e.getMessage());
    }
  }
}

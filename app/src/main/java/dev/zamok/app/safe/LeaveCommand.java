package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Safe;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Leave a safe; prints what this account could open in it, for those who stay. */
@Command(
    name = "leave",
    description = {
      "Leave a safe, also one that does not verify, by its id. Prints what you could open in it: who",
      "stays should change that. An admin of the safe must stay. Folders that cannot be left are",
      "printed, and do not end it. Exit code 1: you are still in one of them, and in the safe; 6: you",
      "are out of the safe, and something in it does not verify."
    },
    mixinStandardHelpOptions = true)
final class LeaveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe from = new SafeNames(desk).named(safe);
    List<Desk.Found> could = could(desk, from);
    Safe.Left left = desk.on(from.leave());
    could.forEach(found -> desk.print(SecretLines.entry(found, desk.json())));
    left.failed()
        .forEach(
            (room, why) ->
                desk.print(SharingLines.notLeft(room, from.id(), desk.why(why), desk.json())));
    if (!left.isOut()) {
      throw new UserError("you are still in the safe: try again when that is mended");
    }
    if (!left.failed().isEmpty()) {
      desk.flawed(UserError.DOES_NOT_VERIFY);
    }
    return 0;
  }

  /** Nobody has to stay in a safe because it cannot be read. */
  private static List<Desk.Found> could(Desk desk, Safe from) {
    try {
      return desk.whole(from);
    } catch (UserError e) {
      if (e.exitCode() != UserError.DOES_NOT_VERIFY && e.exitCode() != UserError.NOT_ALLOWED) {
        throw e;
      }
      desk.notLookedInto(from, e);
      return List.of();
    }
  }
}

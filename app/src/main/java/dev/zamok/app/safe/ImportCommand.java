package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.secret.ForeignFile;
import dev.zamok.app.secret.SecretFiles;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItems;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.protocol.Bytes;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.PlacedSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Take the secrets of a file of another password manager, or of a sealed file, into a safe. */
@Command(
    name = "import",
    description = {
      "Take the secrets of a file of another password manager, or of a sealed file, into a safe; tell",
      "what of it is not taken.",
      "The password of the file is typed, or in the file that ZAMOK_FILE_PASSWORD_FILE names."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to read.")
  private Path file = Path.of("");

  @Mixin private ForeignFile foreign = new ForeignFile();

  @SuppressWarnings("SystemConsoleNull") // null again by the launcher's option
  private static SecretFiles files(Desk desk) {
    return new SecretFiles(
        desk.around().environment(), desk.around().asker().isThere() ? System.console() : null);
  }

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Imported imported = foreign.read(file, files(desk)).imported();
    List<SafeItems.NewItem> items = new ArrayList<>();
    for (PlacedSecret placed : imported.secrets()) {
      byte[] encoded = SecretCodec.encode(placed.secret());
      items.add(new SafeItems.NewItem(SecretFolders.path(placed.folders()), Bytes.wrap(encoded)));
    }
    int taken = taken(desk, desk.safeToChange(safe), items);
    desk.print(
        desk.json()
            ? JsonLines.write(
                JsonLines.object("imported")
                    .put("taken", taken)
                    .put("omitted", imported.omissions().size()))
            : "taken: " + taken);
    imported.omissions().forEach(one -> desk.print(line(one, desk.json())));
    return 0;
  }

  /** What a failure left behind is told: another try takes it once more. */
  private static int taken(Desk desk, Safe into, List<SafeItems.NewItem> items) {
    AtomicInteger written = new AtomicInteger();
    AtomicBoolean unsure = new AtomicBoolean(true);
    CompletableFuture<Integer> adding =
        into.items()
            .addAll(items, written::addAndGet)
            .whenComplete((done, failure) -> unsure.set(failure != null && isUnsure(failure)));
    try {
      return desk.on(adding);
    } catch (UserError e) {
      throw new UserError(
          e.getMessage() + ". " + left(items.size(), written.get(), unsure.get()), e.exitCode());
    }
  }

  private static boolean isUnsure(Throwable failure) {
    return !(ClientProblem.unwrap(failure) instanceof ClientProblem problem)
        || problem.outcomeUnknown();
  }

  private static String left(int all, int written, boolean unsure) {
    if (written > 0) {
      return "Of "
          + all
          + " secrets "
          + written
          + " are in the safe for sure"
          + (unsure ? ", perhaps more" : "")
          + ", and the next try adds them once more: move them to the trash before";
    }
    return unsure
        ? "Look whether any of the " + all + " secrets is in the safe: the next try adds all"
        : "None of the " + all + " secrets was written";
  }

  private static String line(Imported.Omission one, boolean json) {
    return json
        ? JsonLines.write(
            JsonLines.object("not-taken").put("entry", one.entry()).put("what", one.what()))
        : "not taken, of "
            + (one.entry().isEmpty() ? "the file" : Visible.line(one.entry()))
            + ": "
            + one.what();
  }
}

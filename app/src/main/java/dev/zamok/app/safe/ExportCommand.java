package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.secret.NewFiles;
import dev.zamok.app.secret.SecretFiles;
import dev.zamok.client.safe.Safe;
import dev.zamok.secrets.intake.PlacedSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Write the secrets of a safe to a file; those in the trash stay out. */
@Command(
    name = "export",
    description = {
      "Write the secrets of a safe to a new file, --sealed or --bitwarden; those in the trash stay",
      "out.",
      "The password of a sealed file is typed, or in the file that ZAMOK_SEAL_PASSWORD_FILE names.",
      "Exit code 7: it is written, but some secrets cannot be read; 6: without a folder that does not",
      "verify."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Mixin private NewFiles outputs = new NewFiles();

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
    if (outputs.count() != 1) {
      throw new UserError("choose one of --sealed and --bitwarden", 2);
    }
    List<PlacedSecret> all = new ArrayList<>();
    Safe in = desk.safe(safe);
    desk.exported(in);
    for (Desk.Found found : desk.live(in)) {
      all.add(new PlacedSecret(SecretFolders.names(found.item().folder()), found.secret()));
    }
    outputs
        .write(all, files(desk))
        .forEach(
            what ->
                desk.print(
                    desk.json()
                        ? JsonLines.write(JsonLines.object("not-written").put("what", what))
                        : "not written: " + what));
    desk.print(
        desk.json()
            ? JsonLines.write(JsonLines.object("exported").put("secrets", all.size()))
            : "written: " + all.size());
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.secret.SecretFiles;
import dev.zamok.client.safe.SafeItems;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.Bytes;
import dev.zamok.secrets.imports.ImportFormat;
import dev.zamok.secrets.imports.Importers;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.PlacedSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Take the secrets of a file of another password manager, or of a sealed file, into a safe. */
@Command(
    name = "import",
    description =
        "Take the secrets of a file of another password manager, or of a sealed file, into a safe.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to read.")
  private Path file = Path.of("");

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
    byte[] content = SecretFiles.read(file, ImportLimits.FILE_BYTES_MAX);
    Imported imported;
    try {
      ImportFormat format = Importers.guess(content);
      SecretText password =
          Importers.needsPassword(content, format)
              ? files(desk).password("ZAMOK_FILE_PASSWORD_FILE", "password of the file", false)
              : null;
      imported = Importers.read(content, format, password);
    } catch (ImportFailure e) {
      throw new UserError(file + ": " + e.getMessage());
    }
    List<SafeItems.NewItem> items = new ArrayList<>();
    for (PlacedSecret placed : imported.secrets()) {
      byte[] encoded = SecretCodec.encode(placed.secret());
      items.add(new SafeItems.NewItem(SecretFolders.path(placed.folders()), Bytes.wrap(encoded)));
    }
    int taken = desk.on(desk.safeToChange(safe).items().addAll(items));
    if (desk.json()) {
      desk.print(
          JsonLines.write(
              SecretLines.object("imported")
                  .put("taken", taken)
                  .put("omitted", imported.omissions().size())));
      return 0;
    }
    desk.print("taken: " + taken);
    for (Imported.Omission one : imported.omissions()) {
      String entry = one.entry().isEmpty() ? "the file" : Visible.line(one.entry());
      desk.print("not taken, of " + entry + ": " + one.what());
    }
    return 0;
  }
}

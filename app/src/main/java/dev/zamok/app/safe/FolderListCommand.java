package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.SafeFolder;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print the folders of a safe that have rights of their own. */
@Command(
    name = "list",
    description = {
      "Print the folders of a safe that have rights of their own; those you cannot read by id.",
      "Exit code 6: one does not verify, and is closed."
    },
    mixinStandardHelpOptions = true)
final class FolderListCommand implements Callable<Integer> {
  @ParentCommand private @Nullable FolderCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    int code = 0;
    for (SafeFolder folder : desk.on(desk.safe(safe).folders().list())) {
      desk.print(FolderLines.folder(folder, desk.json()));
      if (folder.broken() != null) {
        code = UserError.DOES_NOT_VERIFY;
      }
    }
    return code;
  }
}

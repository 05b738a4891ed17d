package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** One folder with rights of its own, as the commands name it. */
final class FolderChoice {
  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "Its path or id; where the path cannot be read, the id.")
  private String folder = "";

  /** Fails with {@link UserError} when there is none, or several. */
  Safe safe(Desk desk) {
    return desk.safe(safe);
  }

  /** As {@link Desk#safeToChange}. */
  Safe safeToChange(Desk desk) {
    return desk.safeToChange(safe);
  }

  /** Fails as {@link #safe} does. */
  SafeFolder folder(Desk desk, Safe in) {
    List<SafeFolder> found = new ArrayList<>();
    List<SafeFolder> byId = new ArrayList<>();
    for (SafeFolder each : desk.on(in.folders().list())) {
      if (each.path().equals(folder)) {
        found.add(each);
      } else if (each.id().toString().equals(folder)) {
        byId.add(each);
      }
    }
    if (found.isEmpty()) {
      found = byId;
    }
    if (found.size() != 1) {
      throw new UserError(
          found.isEmpty()
              ? "there is no folder with rights of its own called " + Visible.line(folder)
              : "several are called " + Visible.line(folder) + ": list shows paths and ids",
          UserError.NOT_FOUND);
    }
    return found.get(0);
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeFolders;
import dev.zamok.protocol.RoomId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Give a folder rights of its own, and print its id. */
@Command(
    name = "create",
    description =
        "Give a folder rights of its own, move the secrets under its path into it, print its id.",
    mixinStandardHelpOptions = true)
final class FolderCreateCommand implements Callable<Integer> {
  @ParentCommand private @Nullable FolderCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "The path of the folder.")
  private String path = "";

  @Option(
      names = "--full",
      split = ",",
      paramLabel = "LOGIN",
      description = "Members of the safe who read and write it, beside you.")
  private List<String> full = List.of();

  @Option(
      names = "--read",
      split = ",",
      paramLabel = "LOGIN",
      description = "Members of the safe who read it. All others have no right to it.")
  private List<String> read = List.of();

  @Option(
      names = "--group",
      paramLabel = "GROUP=RIGHT",
      description = {
        "A group of the safe, that you are in, with full or read; by id, or by name if you",
        "administer it."
      })
  private Map<String, String> groups = Map.of();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Map<String, FolderRight> rights = new LinkedHashMap<>();
    full.forEach(login -> rights.put(login, FolderRight.FULL));
    for (String login : read) {
      if (rights.put(login, FolderRight.READ) != null) {
        throw new UserError("somebody is named twice", 2);
      }
    }
    Map<RoomId, FolderRight> ofGroups = new LinkedHashMap<>();
    groups.forEach((group, right) -> ofGroups.put(desk.groupId(group), FolderLines.right(right)));
    Safe in = desk.safeToChange(safe);
    SafeFolder made = desk.on(in.folders().create(path, rights));
    desk.print(desk.json() ? FolderLines.folder(made, true) : made.id().toString());
    ofGroups.forEach((group, right) -> give(desk, in, made, group, right));
    return 0;
  }

  private static void give(Desk desk, Safe in, SafeFolder made, RoomId group, FolderRight right) {
    try {
      SafeFolders.RightChange unused = desk.on(in.folders().setGroupRight(made, group, right));
    } catch (UserError e) {
      desk.note("the folder is made, but group " + group + " has no right to it");
      throw e;
    }
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.client.safe.SafeFolders;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print or change who may do what in a folder. */
@Command(
    name = "rights",
    description = {
      "Print who may do what in a folder, and which groups of the safe may not; with LOGIN or a group,",
      "and RIGHT, change it. When somebody cannot read it any more, what he could open is printed:",
      "change those secrets. Exit code 1: he has no right of his own, but still reads it through a",
      "group, which is printed, too."
    },
    mixinStandardHelpOptions = true)
final class FolderRightsCommand implements Callable<Integer> {
  @ParentCommand private @Nullable FolderCommand parent;

  @Mixin private FolderChoice which = new FolderChoice();

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "LOGIN",
      description = "Whose; left out where a group is named.")
  private @Nullable String first;

  @Parameters(
      index = "3",
      arity = "0..1",
      paramLabel = "RIGHT",
      description = "full, read or none.")
  private @Nullable String second;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = {
        "A group of the safe instead, by id, or by name if you administer it. You must be in it",
        "when it has no right to the folder yet."
      })
  private @Nullable String group;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    if (first == null && group == null) {
      print(desk);
      return 0;
    }
    // With a group there is one word, its right.
    boolean one = group != null && second == null;
    FolderRight given = FolderLines.right(Objects.requireNonNullElse(one ? first : second, ""));
    Whom whom = new Whom(one ? null : first, group);
    Safe in = which.safeToChange(desk);
    SafeFolder folder = which.folder(desk, in);
    return told(desk, whom, given, change(desk, in, folder, whom, given));
  }

  private void print(Desk desk) {
    Safe in = which.safe(desk);
    SafeFolder folder = which.folder(desk, in);
    desk.on(in.folders().members(folder))
        .forEach(member -> desk.print(FolderLines.member(member, desk.json())));
  }

  private static SafeFolders.RightChange change(
      Desk desk, Safe in, SafeFolder folder, Whom whom, FolderRight given) {
    String name = whom.group();
    if (name == null) {
      return desk.on(in.folders().setRight(folder, whom.person(), given));
    }
    return desk.on(in.folders().setGroupRight(folder, desk.groupId(name), given));
  }

  private static int told(Desk desk, Whom whom, FolderRight given, SafeFolders.RightChange change) {
    change.rotate().stream()
        .flatMap(item -> desk.opened(item).stream())
        .forEach(found -> desk.print(SecretLines.entry(found, desk.json())));
    if (change.proposed()) {
      desk.print(
          desk.json()
              ? JsonLines.write(
                  JsonLines.object("proposed")
                      .put("login", whom.person())
                      .put("right", FolderLines.name(given)))
              : "proposed: somebody who reads the folder must give "
                  + Visible.line(whom.person())
                  + " the same right");
    }
    change.groups().forEach(group -> desk.print(SharingLines.stillReads(group, desk.json())));
    return change.groups().isEmpty() ? 0 : 1;
  }
}

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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print or change who may do what in a folder. */
@Command(
    name = "rights",
    description = {
      "Print who may do what in a folder; with LOGIN and RIGHT, change it.",
      "When somebody cannot read it any more, what he could open is printed: change those secrets."
    },
    mixinStandardHelpOptions = true)
final class FolderRightsCommand implements Callable<Integer> {
  @ParentCommand private @Nullable FolderCommand parent;

  @Mixin private FolderChoice which = new FolderChoice();

  @Parameters(index = "2", arity = "0..1", paramLabel = "LOGIN", description = "Whose.")
  private @Nullable String login;

  @Parameters(
      index = "3",
      arity = "0..1",
      paramLabel = "RIGHT",
      description = "full, read or none.",
      defaultValue = "")
  private String right = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String whose = login;
    FolderRight given = whose == null ? FolderRight.NONE : FolderLines.right(right);
    Safe in = whose == null ? which.safe(desk) : which.safeToChange(desk);
    SafeFolder folder = which.folder(desk, in);
    if (whose == null) {
      desk.on(in.folders().members(folder))
          .forEach(member -> desk.print(FolderLines.member(member, desk.json())));
      return 0;
    }
    SafeFolders.RightChange change = desk.on(in.folders().setRight(folder, whose, given));
    change.rotate().stream()
        .flatMap(item -> desk.opened(item).stream())
        .forEach(found -> desk.print(SecretLines.entry(found, desk.json())));
    if (change.proposed()) {
      desk.print(
          desk.json()
              ? JsonLines.write(
                  SecretLines.object("proposed")
                      .put("login", whose)
                      .put("right", FolderLines.name(given)))
              : "proposed: somebody who reads the folder must give "
                  + Visible.line(whose)
                  + " the same right");
    }
    return 0;
  }
}

package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.MemberLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.FolderMember;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.SafeFolder;
import java.util.Locale;

/** What is printed of folders. */
final class FolderLines {
  private FolderLines() {}

  static String folder(SafeFolder folder, boolean json) {
    ClientProblem broken = folder.broken();
    if (json) {
      ObjectNode line =
          JsonLines.object("folder")
              .put("id", folder.id().toString())
              .put("parent", folder.parent().toString())
              .put("path", folder.path())
              .put("right", name(folder.right()))
              .put("administers", folder.administers())
              .put("contested", folder.contested());
      return JsonLines.write(
          broken == null ? line : line.put("doesNotVerify", String.valueOf(broken.getMessage())));
    }
    if (broken != null) {
      return "!!! does not verify  "
          + Visible.line(folder.path())
          + "  "
          + folder.id()
          + "  "
          + Visible.line(String.valueOf(broken.getMessage()));
    }
    return Visible.line(folder.path())
        + "  "
        + folder.id()
        + "  you have "
        + name(folder.right())
        + (folder.administers() ? " and administer it" : "")
        + (folder.contested() ? "  !!! another folder claims its path" : "");
  }

  static String member(FolderMember member, boolean json) {
    FolderRight proposed = member.proposed();
    if (json) {
      ObjectNode line =
          JsonLines.object("folder-member")
              .put("login", member.contact().login())
              .put("right", name(member.right()))
              .put("administers", member.administers())
              .put("fingerprint", member.contact().fingerprint().toString());
      MemberLines.named(line, member.contact());
      return JsonLines.write(proposed == null ? line : line.put("proposed", name(proposed)));
    }
    return Visible.line(member.contact().login())
        + "  "
        + name(member.right())
        + (member.administers() ? ", administers" : "")
        + (proposed == null
            ? ""
            : "  proposed: " + name(proposed) + ", by somebody who cannot read it")
        + "  "
        + member.contact().fingerprintText();
  }

  static String name(FolderRight right) {
    return right.name().toLowerCase(Locale.ROOT);
  }

  /** Fails with {@link UserError}. */
  static FolderRight right(String text) {
    return switch (text) {
      case "full" -> FolderRight.FULL;
      case "read" -> FolderRight.READ;
      case "none" -> FolderRight.NONE;
      default -> throw new UserError("a right is full, read or none", 2);
    };
  }
}

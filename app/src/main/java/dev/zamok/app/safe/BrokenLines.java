package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.safe.BrokenFolder;
import dev.zamok.client.safe.Safe;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Folders that do not verify, as the client tells of them. They close nothing but themselves; that
 * they are there, people are told beside the output of every command.
 */
final class BrokenLines {
  private final Desk desk;
  private final Queue<BrokenFolder> all = new ConcurrentLinkedQueue<>();

  /** Of the command's thread. */
  private final Set<BrokenFolder> said = new HashSet<>();

  BrokenLines(Desk desk) {
    this.desk = desk;
  }

  /** On the client's thread. */
  void add(BrokenFolder broken) {
    all.add(broken);
    desk.note(
        "!!! folder "
            + Visible.line(broken.path())
            + " of "
            + broken.safe()
            + " does not verify, and is closed; its admins or the server did that: "
            + desk.why(broken.why()));
  }

  /** For what is about everything in the safe: it lacks these, and the exit code says so. */
  void lacking(Safe safe) {
    say(of(safe));
  }

  /** The same for what goes on, of those that it has not told yet. */
  void lackingSince(Safe safe) {
    say(of(safe).stream().filter(said::add).toList());
  }

  private List<BrokenFolder> of(Safe safe) {
    return all.stream().filter(broken -> broken.safe().equals(safe.id())).toList();
  }

  private void say(List<BrokenFolder> there) {
    if (there.isEmpty()) {
      return;
    }
    desk.flawed(UserError.DOES_NOT_VERIFY);
    if (desk.json()) {
      there.forEach(broken -> desk.print(json(broken)));
    }
  }

  boolean any(Safe safe) {
    return all.stream().anyMatch(broken -> broken.safe().equals(safe.id()));
  }

  private String json(BrokenFolder broken) {
    return JsonLines.write(
        JsonLines.object("folder-that-does-not-verify")
            .put("safe", broken.safe().toString())
            .put("folder", broken.folder().toString())
            .put("path", broken.path())
            .put("why", desk.why(broken.why())));
  }
}

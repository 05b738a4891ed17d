package dev.zamok.app.safe;

import dev.zamok.client.room.SealedInvites;
import dev.zamok.client.safe.Revoked;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Remove a member or a group from a safe, and print what it could open: change those secrets. */
@Command(
    name = "revoke",
    description = {
      "Remove a member or group from a safe, and print what it could open: change those secrets.",
      "Exit code 1: out of the safe, but perhaps not of every folder, or still reading it through a",
      "group, or not all that could be opened is known; those are printed, too."
    },
    mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "LOGIN", description = "Whom.")
  private @Nullable String login;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "A group instead, by id, or by name if you administer it.")
  private @Nullable String group;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Whom whom = new Whom(login, group);
    Safe from = desk.safeToChange(safe);
    String name = whom.group();
    Revoked revoked =
        desk.on(
            name == null
                ? from.sharing().revoke(whom.person())
                : from.sharing().revokeGroup(desk.groupId(name)));
    for (SafeItem item : revoked.open()) {
      desk.opened(item).ifPresent(found -> desk.print(SecretLines.entry(found, desk.json())));
    }
    revoked
        .failed()
        .forEach(
            (room, why) ->
                desk.print(
                    room.equals(from.id())
                        ? SharingLines.notLookedInto(desk.why(why), desk.json())
                        : SharingLines.stillIn(room, desk.why(why), desk.json())));
    revoked
        .unread()
        .forEach((room, why) -> desk.print(SharingLines.unread(room, desk.why(why), desk.json())));
    if (!revoked.beyond().isEmpty()) {
      desk.print(SharingLines.mayBeIn(revoked.beyond(), desk.json()));
    }
    List<RoomId> groups =
        name == null ? desk.on(from.sharing().groupsOf(whom.person())) : List.of();
    groups.forEach(group -> desk.print(SharingLines.stillReads(group, desk.json())));
    // A code that he heard lets him in again under another name.
    for (SealedInvites.Open open : desk.on(from.invitations().open())) {
      desk.note(
          "still open, withdraw it if its code may be known: "
              + SharingLines.open(from, open, false));
    }
    return revoked.isWhole() && groups.isEmpty() ? 0 : 1;
  }
}

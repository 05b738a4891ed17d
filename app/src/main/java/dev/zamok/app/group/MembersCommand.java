package dev.zamok.app.group;

import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.identity.Fingerprint;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print who is in a group, with roles and fingerprints. */
@Command(
    name = "members",
    description = "Print who is in a group, with roles and fingerprints.",
    mixinStandardHelpOptions = true)
final class MembersCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    List<RoomMember> members = desk.on(desk.group(group).members());
    Set<Fingerprint> replaced = desk.replaced(members);
    members.forEach(one -> desk.print(one, replaced.contains(one.contact().fingerprint())));
    return 0;
  }
}

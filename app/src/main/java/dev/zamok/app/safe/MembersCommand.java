package dev.zamok.app.safe;

import dev.zamok.app.chat.show.MemberLines;
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

/** Print who is in a safe, with roles and fingerprints. */
@Command(
    name = "members",
    description = "Print who is in a safe, with roles and fingerprints.",
    mixinStandardHelpOptions = true)
final class MembersCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    List<RoomMember> members = desk.on(desk.safe(safe).members());
    Set<Fingerprint> replaced = desk.replaced(members);
    for (RoomMember member : members) {
      boolean former = replaced.contains(member.contact().fingerprint());
      desk.print(MemberLines.member(member, former, desk.json()));
    }
    return 0;
  }
}

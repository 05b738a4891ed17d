package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Let an account into a safe, or change its role. */
@Command(
    name = "share",
    description = "Let an account into a safe, or change its role.",
    mixinStandardHelpOptions = true)
final class ShareCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "LOGIN", description = "Whom.")
  private String login = "";

  private static final List<String> ROLES = List.of("read", "write", "admin", "owner");

  /** Without a default: one would raise or lower whoever is in already. */
  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "read, write, admin or owner.")
  private String role = "";

  private static Role role(String name) {
    return switch (name) {
      case "read" -> Role.READER;
      case "admin" -> Role.ADMIN;
      case "owner" -> Role.OWNER;
      default -> Role.WRITER;
    };
  }

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    if (!ROLES.contains(role)) {
      throw new UserError("a role is read, write, admin or owner", 2);
    }
    Safe in = desk.safe(safe);
    desk.on(in.share(login, role(role)));
    desk.on(in.members()).stream()
        .filter(member -> member.contact().login().equals(login))
        .forEach(member -> desk.print(SecretLines.member(member, desk.json())));
    return 0;
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.crypto.chain.Role;
import picocli.CommandLine.Option;

/**
 * A role, as the commands name it. Without a default: one would raise or lower who is in already.
 */
final class RoleChoice {
  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "read, write, admin or owner.")
  private String role = "";

  /** Fails with {@link UserError}. */
  Role role() {
    return switch (role) {
      case "read" -> Role.READER;
      case "write" -> Role.WRITER;
      case "admin" -> Role.ADMIN;
      case "owner" -> Role.OWNER;
      default -> throw new UserError("a role is read, write, admin or owner", 2);
    };
  }
}

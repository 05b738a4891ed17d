package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.safe.InviteLink;
import java.io.PrintWriter;
import java.net.URI;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Secrets in safes; each thing to do is a command of its own. */
@Command(
    name = "safe",
    description = {
      "Keep and share secrets that no server can read.",
      "Options of the server and the login come before the command: zamok safe --login ada list.",
      "To open a link that you were sent, no login is needed: zamok safe receive FILE.",
      "Exit codes: 0 done, 1 failed or done in part, 2 wrong usage, 3 not found, 4 somebody else was",
      "first, 5 not allowed, 6 something does not verify: the server, or somebody, tampered with it, 7",
      "done, but for what somebody who may write there wrote so that nobody can read it."
    },
    subcommands = {
      AcceptCommand.class,
      AuditCommand.class,
      CopyCommand.class,
      CreateCommand.class,
      EditCommand.class,
      ExportCommand.class,
      FindCommand.class,
      FolderCommand.class,
      GetCommand.class,
      ImportCommand.class,
      InvitationsCommand.class,
      InviteCommand.class,
      LeaveCommand.class,
      ListCommand.class,
      LogCommand.class,
      MembersCommand.class,
      MoveCommand.class,
      PurgeCommand.class,
      PutCommand.class,
      ReceiveCommand.class,
      RenameCommand.class,
      ReportCommand.class,
      ResealCommand.class,
      RestoreCommand.class,
      RevokeCommand.class,
      SendCommand.class,
      SentCommand.class,
      ShareCommand.class,
      TrashCommand.class,
      UninviteCommand.class,
      WatchCommand.class
    },
    mixinStandardHelpOptions = true)
public final class SafeCommand implements Runnable {
  private final Surroundings around;
  private final WatchPace watchPace;

  @Spec private CommandSpec spec;
  @Mixin private ServerChoice server;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print JSON objects, one a line.")
  private boolean json;

  @Option(
      names = "--purge-after",
      paramLabel = "DAYS",
      defaultValue = "${env:ZAMOK_PURGE_AFTER_DAYS:--1}",
      scope = ScopeType.INHERIT,
      description = {
        "When a safe is opened that you administer, purge what has lain in its trash for so many days",
        "(default: of ZAMOK_PURGE_AFTER_DAYS, else never)."
      })
  private int purgeAfterDays;

  public SafeCommand() {
    this(Surroundings.ofProcess());
  }

  SafeCommand(Surroundings around) {
    this(around, WatchPace.DEFAULT);
  }

  SafeCommand(Surroundings around, WatchPace watchPace) {
    this.around = around;
    this.watchPace = watchPace;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do, such as list");
  }

  Surroundings around() {
    return around;
  }

  WatchPace watchPace() {
    return watchPace;
  }

  boolean json() {
    return json;
  }

  void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  /** Before anything of the link is sent. Fails with {@link UserError}. */
  void requireServerOf(InviteLink link) {
    URI at;
    try {
      at = server.server();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    if (!link.leadsTo(at)) {
      throw new UserError(
          "the link is for "
              + link.server()
              + ", not for "
              + at
              + ": nothing was sent; name the link's server with --server if you trust it",
          2);
    }
  }

  /** What is opened without a login. */
  LinkOpening links() {
    return new LinkOpening(server, around, spec.commandLine());
  }

  /** Logs in, does it, logs out; yields the exit code. */
  int with(ToIntFunction<Desk> work) {
    return with(null, work);
  }

  /** As {@link #with(ToIntFunction)}, by somebody who may have been invited to make an account. */
  int with(@Nullable InviteLink invitation, ToIntFunction<Desk> work) {
    return new Opening(server, around, json)
        .with(
            spec.commandLine(),
            invitation,
            desk -> {
              desk.purgeAfter(purgeAfterDays);
              return work.applyAsInt(desk);
            });
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Passwords;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Parcels;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SecretLink;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes a secret that somebody sent: to this account, or by a link. */
@Command(
    name = "receive",
    description = {
      "Print what was sent to you, or take a secret and print it or keep it in a safe.",
      "A link is the first line of a file or of the input: a command line can be seen by others. It",
      "names its server, and needs no account: zamok safe receive FILE."
    },
    mixinStandardHelpOptions = true)
final class ReceiveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file that holds a link; - reads the input.")
  private @Nullable String file;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Take this one of what was sent to you; it is gone from the server then.")
  private @Nullable String id;

  @Option(
      names = "--code-file",
      paramLabel = "FILE",
      description = {
        "The code that came another way is the first line of this file. Without it, it is asked for,",
        "or is the first line of the file that ZAMOK_CODE_FILE names."
      })
  private @Nullable String code;

  @Option(
      names = "--into",
      paramLabel = "SAFE",
      description = "Keep it in this safe, which takes a login there.")
  private @Nullable String into;

  @Override
  public Integer call() {
    SafeCommand safes = Objects.requireNonNull(parent);
    if (file != null && id != null) {
      throw new UserError("a link or an id, not both", 2);
    }
    if (file == null) {
      return safes.with(this::run);
    }
    SecretLink link = link(file, safes.around());
    if (into != null) {
      return safes.with(desk -> keep(desk, link));
    }
    Bytes content = safes.links().take(link, () -> code(link, safes.around()));
    lines(decoded(content), safes.json()).forEach(safes::print);
    return 0;
  }

  /** To this account. */
  private int run(Desk desk) {
    Optional<Safe> target = target(desk);
    String one = id;
    if (one != null) {
      return taken(desk, fromAccount(desk, SentCommand.sentId(one)), target);
    }
    desk.on(desk.all().parcels().pending())
        .received()
        .forEach(waiting -> desk.print(SharingLines.waiting(waiting, desk.json())));
    return 0;
  }

  private int keep(Desk desk, SecretLink link) {
    if (!link.isOf(desk.server())) {
      throw new UserError(
          "that link is of " + link.server() + ", not of " + desk.server() + ": not opened", 2);
    }
    Optional<Safe> target = target(desk);
    return taken(desk, desk.receive(link, code(link, desk.around())), target);
  }

  private Optional<Safe> target(Desk desk) {
    Optional<Safe> target = Optional.ofNullable(into).map(desk::safeToChange);
    target.ifPresent(safe -> requireWritable(desk, safe));
    return target;
  }

  /** Fails with {@link UserError} for what is no link, which it does not repeat. */
  private static SecretLink link(String file, Surroundings around) {
    if (file.startsWith("https:")) {
      throw new UserError(
          "others can see a command line: put the link into a file, or name - and type it", 2);
    }
    try {
      return SecretLink.parse(SecretOptions.line(file, around));
    } catch (ClientProblem e) {
      throw new UserError(String.valueOf(e.getMessage()), 2);
    }
  }

  /** Null where none is needed. */
  private @Nullable String code(SecretLink link, Surroundings around) {
    if (code != null) {
      return SecretOptions.line(code, around);
    }
    return link.needsCode()
        ? new String(new Passwords(around.environment(), around.asker()).linkCode()).strip()
        : null;
  }

  private static Bytes fromAccount(Desk desk, Bytes wanted) {
    Parcels.Waiting waiting =
        desk.on(desk.all().parcels().pending()).received().stream()
            .filter(one -> one.id().equals(wanted))
            .findFirst()
            .orElseThrow(
                () -> new UserError("nothing of that id waits for you", UserError.NOT_FOUND));
    Parcels.Received received = desk.on(desk.all().parcels().take(waiting));
    desk.note(
        "from "
            + Visible.line(received.sender().login())
            + ", "
            + received.sender().fingerprintText());
    return received.content();
  }

  private static int taken(Desk desk, Bytes content, Optional<Safe> target) {
    Secret secret = decoded(content);
    if (target.isPresent()) {
      try {
        String kept = desk.on(target.get().items().add("", content)).id().toString();
        desk.print(desk.json() ? JsonLines.write(JsonLines.object("kept").put("id", kept)) : kept);
        return 0;
      } catch (UserError e) {
        // It was the only copy.
        lines(secret, desk.json()).forEach(desk::print);
        throw new UserError(
            "it is taken and shown here, but not kept: " + e.getMessage(), e.exitCode());
      }
    }
    lines(secret, desk.json()).forEach(desk::print);
    return 0;
  }

  private static Secret decoded(Bytes content) {
    try {
      return SecretCodec.decode(content.toByteArray());
    } catch (MalformedException e) {
      throw new UserError("what was sent is no secret", UserError.UNREADABLE);
    }
  }

  private static List<String> lines(Secret secret, boolean json) {
    return json
        ? List.of(JsonLines.write(SecretLines.content(JsonLines.object("received"), secret)))
        : SecretLines.lines(secret.name(), secret, true);
  }

  /** Before anything is taken: that uses it up. */
  private static void requireWritable(Desk desk, Safe safe) {
    desk.on(safe.items().contents());
    if (!desk.on(safe.role()).atLeast(Role.WRITER)) {
      throw new UserError("you only read that safe", UserError.NOT_ALLOWED);
    }
  }
}

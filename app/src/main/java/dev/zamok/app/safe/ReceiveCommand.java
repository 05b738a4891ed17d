package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Passwords;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.Parcels;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.secret.Secret;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
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
      "A link is the first line of a file or of the input: a command line can be seen by others."
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

  @Option(names = "--into", paramLabel = "SAFE", description = "Keep it in this safe.")
  private @Nullable String into;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String from = file;
    String one = id;
    Optional<Safe> target = Optional.ofNullable(into).map(desk::safeToChange);
    if (from != null && one != null) {
      throw new UserError("a link or an id, not both", 2);
    }
    target.ifPresent(safe -> requireWritable(desk, safe));
    if (one != null) {
      return taken(desk, fromAccount(desk, SentCommand.sentId(one)), target);
    }
    if (from != null) {
      return taken(desk, fromLink(desk, from), target);
    }
    desk.on(desk.all().parcels().pending())
        .received()
        .forEach(waiting -> desk.print(SharingLines.waiting(waiting, desk.json())));
    return 0;
  }

  private Bytes fromLink(Desk desk, String from) {
    String link = SecretOptions.line(from, desk.around());
    if (code == null && !needsCode(link)) {
      return desk.receive(link, null).content();
    }
    return desk.receive(link, typed(desk)).content();
  }

  private String typed(Desk desk) {
    if (code != null) {
      return SecretOptions.line(code, desk.around());
    }
    return new String(new Passwords(desk.around().environment(), desk.around().asker()).linkCode())
        .strip();
  }

  /** Fails with {@link UserError} for what is no link. */
  private static boolean needsCode(String link) {
    try {
      return Links.needsCode(link);
    } catch (ClientProblem e) {
      throw new UserError(String.valueOf(e.getMessage()), 2);
    }
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
    Secret secret =
        desk.decoded(content)
            .orElseThrow(
                () -> new UserError("what was sent is no secret", UserError.DOES_NOT_VERIFY));
    if (target.isPresent()) {
      try {
        String kept = desk.on(target.get().items().add("", content)).id().toString();
        desk.print(
            desk.json() ? JsonLines.write(SecretLines.object("kept").put("id", kept)) : kept);
        return 0;
      } catch (UserError e) {
        // It was the only copy.
        show(desk, secret);
        throw new UserError(
            "it is taken and shown here, but not kept: " + e.getMessage(), e.exitCode());
      }
    }
    show(desk, secret);
    return 0;
  }

  private static void show(Desk desk, Secret secret) {
    List<String> lines =
        desk.json()
            ? List.of(JsonLines.write(SecretLines.content(SecretLines.object("received"), secret)))
            : SecretLines.lines(secret.name(), secret, true);
    lines.forEach(desk::print);
  }

  /** Before anything is taken: that uses it up. */
  private static void requireWritable(Desk desk, Safe safe) {
    desk.on(safe.items().contents());
    if (!desk.on(safe.role()).atLeast(Role.WRITER)) {
      throw new UserError("you only read that safe", UserError.NOT_ALLOWED);
    }
  }
}

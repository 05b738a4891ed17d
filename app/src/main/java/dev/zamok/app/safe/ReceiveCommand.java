package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.safe.Links;
import dev.zamok.client.secret.Secret;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes the secret of a link. */
@Command(
    name = "receive",
    description = {
      "Take the secret that a link holds, and print it or keep it in a safe.",
      "The link is the first line of a file or of the input: a command line can be seen by others."
    },
    mixinStandardHelpOptions = true)
final class ReceiveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file that holds the link; - or nothing reads the input.")
  private String file = "-";

  @Option(
      names = "--code-file",
      paramLabel = "FILE",
      description = "The code that came another way is the first line of this file.")
  private @Nullable String code;

  @Option(names = "--into", paramLabel = "SAFE", description = "Keep it in this safe.")
  private @Nullable String into;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String link = SecretOptions.line(file, desk.around());
    String typed = code == null ? null : SecretOptions.line(code, desk.around());
    Links.Received received = desk.receive(link, typed);
    Secret secret =
        desk.decoded(received.content())
            .orElseThrow(
                () -> new UserError("what the link holds is no secret", UserError.DOES_NOT_VERIFY));
    String kept = into;
    if (kept != null) {
      desk.print(desk.on(desk.safe(kept).add("", received.content())).id().toString());
      return 0;
    }
    List<String> lines =
        desk.json()
            ? List.of(JsonLines.write(SecretLines.content(SecretLines.object("received"), secret)))
            : SecretLines.lines(secret.name(), secret, true);
    lines.forEach(desk::print);
    return 0;
  }
}

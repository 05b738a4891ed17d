package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.secret.Clipboard;
import dev.zamok.app.secret.ClipboardLoan;
import dev.zamok.client.secret.SecretText;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Put a part of a secret into the clipboard for a while. */
@Command(
    name = "copy",
    description = "Put a part of a secret into the clipboard for a while.",
    mixinStandardHelpOptions = true)
final class CopyCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", paramLabel = "SECRET", description = "Its name, folder/name or id.")
  private String secret = "";

  @Option(
      names = "--field",
      paramLabel = "NAME",
      description = "As for get (default: ${DEFAULT-VALUE}).")
  private String field = "password";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long it stays there (default: ${DEFAULT-VALUE}).")
  private int seconds = 30;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Clipboard clipboard =
        Clipboard.find(desk.around().environment())
            .orElseThrow(() -> new UserError("there is no clipboard here"));
    SecretText value = desk.value(desk.secret(desk.safe(safe), secret).secret(), field);
    ClipboardLoan.of(clipboard, value)
        .keepFor(Duration.ofSeconds(seconds), time -> Thread.sleep(time.toMillis()));
    return 0;
  }
}

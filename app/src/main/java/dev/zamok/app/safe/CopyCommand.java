package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.secret.Clipboard;
import dev.zamok.app.secret.ClipboardLoan;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.secret.SecretText;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Put a part of a secret into the clipboard for a while. */
@Command(
    name = "copy",
    description = "Put a part of a secret into the clipboard for a while.",
    mixinStandardHelpOptions = true)
final class CopyCommand implements Callable<Integer> {
  private static final int SECONDS_MAX = 3_600;

  @ParentCommand private @Nullable SafeCommand parent;

  @Mixin private SecretChoice which = new SecretChoice();

  @Option(
      names = "--field",
      paramLabel = "NAME",
      description = "As for get (default: ${DEFAULT-VALUE}).")
  private String field = "password";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long it stays there (default: ${DEFAULT-VALUE}).")
  private long seconds = ClipboardLoan.DEFAULT.toSeconds();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    if (seconds < 1 || seconds > SECONDS_MAX) {
      throw new UserError("--seconds must be 1 to " + SECONDS_MAX, 2);
    }
    Clipboard clipboard =
        Clipboard.find(desk.around().environment())
            .orElseThrow(() -> new UserError("there is no clipboard here"));
    Safe in = which.safe(desk);
    SecretText value = desk.value(desk.opened(in, which.secret(desk, in)).secret(), field);
    ClipboardLoan.of(clipboard, value)
        .keepFor(Duration.ofSeconds(seconds), time -> Thread.sleep(time.toMillis()));
    return 0;
  }
}

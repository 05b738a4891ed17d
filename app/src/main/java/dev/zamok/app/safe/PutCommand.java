package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretDraft;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Add a secret and print its id. */
@Command(
    name = "put",
    description = "Add a secret and print its id.",
    mixinStandardHelpOptions = true)
final class PutCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "What to call it; folder/name puts it into a folder.")
  private String name = "";

  @Mixin private SecretOptions options = new SecretOptions();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "" : name.substring(0, slash);
    SecretDraft draft = Secret.named(name.substring(slash + 1));
    options.apply(draft, desk.around());
    Safe in = desk.safeToChange(safe);
    SafeItem made = desk.on(in.items().add(folder, SecretOptions.encoded(draft)));
    desk.print(
        desk.json()
            ? SecretLines.entry(desk.opened(made).orElseThrow(), true)
            : made.id().toString());
    return 0;
  }
}

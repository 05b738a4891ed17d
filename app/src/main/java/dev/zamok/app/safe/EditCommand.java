package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.secret.SecretDraft;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Change parts of a secret, its name or its folder; the rest stays. */
@Command(
    name = "edit",
    description = {
      "Change parts of a secret, its name or its folder; the rest stays. --tag and --url replace all",
      "that are there; beside --remove-tag and --remove-url they add to those that are left."
    },
    mixinStandardHelpOptions = true)
final class EditCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Mixin private SecretChoice which = new SecretChoice();

  @Mixin private SecretOptions options = new SecretOptions();

  @Mixin private RemovedParts removed = new RemovedParts();

  @Option(names = "--rename", paramLabel = "NAME", description = "Another name.")
  private @Nullable String rename;

  @Option(names = "--folder", paramLabel = "PATH", description = "Another folder; empty for none.")
  private @Nullable String folder;

  @Option(
      names = "--if-version",
      paramLabel = "N",
      description = "Only if this is the newest version; exit code 4 otherwise.")
  private int expected;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = which.safeToChange(desk);
    Desk.Found found = which.secret(desk, in);
    if (expected > 0 && expected != found.item().version()) {
      throw new UserError(
          "somebody else changed it: it has version " + found.item().version(), UserError.CONFLICT);
    }
    SecretDraft draft = found.secret().edit();
    String to = folder == null ? found.item().folder() : folder;
    if (rename != null) {
      draft.name(rename);
    }
    removed.apply(found.secret(), draft);
    options.apply(draft, desk.around(), removed.keepsTags(), removed.keepsUrls());
    SafeItem made = desk.on(in.items().edit(found.item(), to, SecretOptions.encoded(draft)));
    if (desk.json()) {
      desk.print(SecretLines.entry(desk.opened(made).orElseThrow(), true));
    }
    return 0;
  }
}

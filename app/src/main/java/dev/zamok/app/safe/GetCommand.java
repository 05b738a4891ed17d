package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Safe;
import dev.zamok.protocol.ItemId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Print a secret; hidden parts with --reveal, or one part alone. */
@Command(
    name = "get",
    description = "Print a secret; hidden parts with --reveal, or one part alone.",
    mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Mixin private SecretChoice which = new SecretChoice();

  @Option(names = "--reveal", description = "Show what is hidden. With --json everything is shown.")
  private boolean reveal;

  @Option(
      names = "--field",
      paramLabel = "NAME",
      description =
          "Print this part alone: login, password, totp (the code of now), url, notes or a field.")
  private @Nullable String field;

  @Option(
      names = "--version-number",
      paramLabel = "N",
      description =
          "An earlier version, as log shows; by the id, where the newest one cannot be read.")
  private int version;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private Desk.Found wanted(Desk desk, Safe in) {
    if (version == 0) {
      return which.secret(desk, in);
    }
    SecretNames names = new SecretNames(desk, in);
    // One whose newest version cannot be read has no name, but an id and earlier versions.
    ItemId item = names.lost(which.secret()).orElseGet(() -> which.secret(desk, in).item().id());
    return desk.opened(names.version(item, version))
        .orElseThrow(() -> new UserError("that version cannot be read", UserError.UNREADABLE));
  }

  private int run(Desk desk) {
    Safe in = which.safe(desk);
    Desk.Found found = desk.opened(in, wanted(desk, in));
    String one = field;
    if (one != null) {
      desk.print(desk.value(found.secret(), one).reveal());
    } else if (desk.json()) {
      desk.print(SecretLines.whole(found));
    } else {
      SecretLines.lines(Desk.path(found), found.secret(), reveal).forEach(desk::print);
    }
    return 0;
  }
}

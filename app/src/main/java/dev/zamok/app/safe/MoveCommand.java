package dev.zamok.app.safe;

import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Put a secret into another folder or safe. */
@Command(
    name = "move",
    description = {
      "Put a secret into another folder, of this safe or another one.",
      "Where other people read there, it is sealed anew as a new secret: its earlier versions are",
      "gone, and those who could read it before may have kept it."
    },
    mixinStandardHelpOptions = true)
final class MoveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Mixin private SecretChoice which = new SecretChoice();

  @Parameters(index = "2", paramLabel = "FOLDER", description = "Its path; empty for none.")
  private String folder = "";

  @Option(names = "--to", paramLabel = "SAFE", description = "In this safe.")
  private @Nullable String to;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = which.safeToChange(desk);
    Desk.Found found = which.secret(desk, in);
    String other = to;
    SafeItem moved =
        desk.on(
            in.items().move(found.item(), other == null ? in : desk.safeToChange(other), folder));
    if (desk.json()) {
      desk.print(SecretLines.entry(desk.opened(moved).orElseThrow(), true));
    }
    return 0;
  }
}

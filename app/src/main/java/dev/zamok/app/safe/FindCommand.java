package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Safe;
import dev.zamok.secrets.search.SecretSearch;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Search all your safes, here on this device. */
@Command(
    name = "find",
    description = {
      "Search all your safes, here on this device.",
      "One that does not verify is named, the others are searched: exit code 6."
    },
    mixinStandardHelpOptions = true)
final class FindCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(
      index = "0",
      paramLabel = "TEXT",
      description = "Words of names, logins, URLs or tags.")
  private String query = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    for (Safe each : desk.safes()) {
      try {
        desk.listed(each);
        for (Desk.Found found : SecretSearch.find(query, desk.live(each), Desk.Found::secret)) {
          desk.print(SecretLines.entry(each, desk.name(each), found, desk.json()));
        }
      } catch (UserError e) {
        // Anybody may let others into a safe of his own: it must not end the search of the rest.
        desk.notLookedInto(each, e);
      }
    }
    return 0;
  }
}

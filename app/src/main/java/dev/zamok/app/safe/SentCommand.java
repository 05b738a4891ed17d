package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.protocol.Bytes;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Print the copies that nobody took yet, or take one back. */
@Command(
    name = "sent",
    description = "Print the copies that you sent to accounts and nobody took yet.",
    mixinStandardHelpOptions = true)
final class SentCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Option(names = "--take-back", paramLabel = "ID", description = "Take this one back instead.")
  private @Nullable String id;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String back = id;
    if (back == null) {
      desk.on(desk.all().parcels().pending())
          .sent()
          .forEach(one -> desk.print(SharingLines.sent(one, desk.json())));
      return 0;
    }
    desk.on(desk.all().parcels().revoke(parcelId(back)));
    return 0;
  }

  /** Fails with {@link UserError}. */
  static Bytes parcelId(String text) {
    try {
      Bytes id = Bytes.fromBase64Url(text);
      if (id.size() == 16) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("that is no id of a copy", 2);
    }
    throw new UserError("that is no id of a copy", 2);
  }
}

package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.client.safe.Parcels;
import dev.zamok.protocol.Bytes;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Print the copies that nobody took yet, or take one, or a link, back. */
@Command(
    name = "sent",
    description = {
      "Print the copies that you sent to accounts and nobody took yet, or take something back.",
      "Links are not listed: send prints their ids."
    },
    mixinStandardHelpOptions = true)
final class SentCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Option(
      names = "--take-back",
      paramLabel = "ID",
      description = "Take this copy, or the link of this id, back instead.")
  private @Nullable String id;

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    String named = id;
    if (named == null) {
      for (Parcels.Sent one : desk.on(desk.all().parcels().pending()).sent()) {
        desk.print(SharingLines.sent(one, desk.json()));
      }
      return 0;
    }
    takeBack(desk, sentId(named));
    return 0;
  }

  /** Whatever is of that id: what others sent must not stand in the way. */
  private static void takeBack(Desk desk, Bytes back) {
    try {
      desk.on(desk.all().parcels().revoke(back));
    } catch (UserError e) {
      if (e.exitCode() != UserError.NOT_FOUND) {
        throw e;
      }
      desk.on(desk.all().takeBack(back));
    }
  }

  /** Fails with {@link UserError}. */
  static Bytes sentId(String text) {
    try {
      Bytes id = Bytes.fromBase64Url(text);
      if (id.size() == 16) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("that is no id of a copy or link", 2);
    }
    throw new UserError("that is no id of a copy or link", 2);
  }
}

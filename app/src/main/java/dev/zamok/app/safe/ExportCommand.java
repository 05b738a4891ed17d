package dev.zamok.app.safe;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.secret.SecretFiles;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.secrets.bitwarden.BitwardenExport;
import dev.zamok.secrets.intake.PlacedSecret;
import dev.zamok.secrets.sealed.SealedSafe;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Write the secrets of a safe to a file; those in the trash stay out. */
@Command(
    name = "export",
    description = "Write the secrets of a safe to a file; those in the trash stay out.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Option(
      names = "--sealed",
      paramLabel = "NEW",
      description = "Write a file that only a password opens.")
  private @Nullable Path sealed;

  @Option(
      names = "--bitwarden",
      paramLabel = "NEW",
      description = "Write Bitwarden's JSON. It is in the clear: delete it after use.")
  private @Nullable Path bitwarden;

  @SuppressWarnings("SystemConsoleNull") // null again by the launcher's option
  private static SecretFiles files(Desk desk) {
    return new SecretFiles(
        desk.around().environment(), desk.around().asker().isThere() ? System.console() : null);
  }

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    if ((sealed == null) == (bitwarden == null)) {
      throw new UserError("choose one of --sealed and --bitwarden", 2);
    }
    List<PlacedSecret> all = new ArrayList<>();
    for (Desk.Found found : desk.live(desk.safe(safe))) {
      all.add(new PlacedSecret(SecretFolders.names(found.item().folder()), found.secret()));
    }
    Path plain = bitwarden;
    if (plain != null) {
      BitwardenExport.Written written = BitwardenExport.write(all);
      OwnerOnly.newFile(plain, written.json());
      written.omissions().forEach(what -> desk.print("not written: " + what));
    } else {
      SecretText password =
          files(desk).password("ZAMOK_SEAL_PASSWORD_FILE", "password of the new file", true);
      try {
        OwnerOnly.newFile(
            Objects.requireNonNull(sealed),
            SealedSafe.write(all, password, KdfParams.DEFAULT, new SecureRandom()));
      } catch (IllegalArgumentException e) {
        throw new UserError("it cannot be sealed: " + e.getMessage());
      }
    }
    desk.print(
        desk.json()
            ? JsonLines.write(SecretLines.object("exported").put("secrets", all.size()))
            : "written: " + all.size());
    return 0;
  }
}

package dev.zamok.app.secret;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.secrets.bitwarden.BitwardenExport;
import dev.zamok.secrets.intake.PlacedSecret;
import dev.zamok.secrets.sealed.SealedSafe;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files that secrets are written to, as the commands name them; none that is there is touched. */
public final class NewFiles {
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

  /** How many were named. */
  public int count() {
    return (sealed == null ? 0 : 1) + (bitwarden == null ? 0 : 1);
  }

  /**
   * Writes those that were named; yields what could not be written. Fails with {@link UserError}.
   *
   * @param files asks for the password of a sealed one
   */
  public List<String> write(List<PlacedSecret> secrets, SecretFiles files) {
    if (sealed != null) {
      SecretText password =
          files.password("ZAMOK_SEAL_PASSWORD_FILE", "password of the new file", true);
      try {
        OwnerOnly.newFile(
            sealed, SealedSafe.write(secrets, password, KdfParams.DEFAULT, new SecureRandom()));
      } catch (IllegalArgumentException e) {
        throw new UserError("it cannot be sealed: " + e.getMessage());
      }
    }
    if (bitwarden == null) {
      return List.of();
    }
    BitwardenExport.Written written = BitwardenExport.write(secrets);
    OwnerOnly.newFile(bitwarden, written.json());
    return written.omissions();
  }
}

package dev.zamok.app.secret;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.imports.ImportFormat;
import dev.zamok.secrets.imports.Importers;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A file of another password manager, or a sealed one, and what opens it. */
public final class ForeignFile {
  private static final String PASSWORD = "ZAMOK_FILE_PASSWORD_FILE";
  private static final int KEY_FILE_BYTES_MAX = 1 << 20;

  @Option(
      names = "--key-file",
      paramLabel = "KEY",
      description = "The key file of a KeePass database, which may do without a password then.")
  private @Nullable Path keyFile;

  /** What was in it. */
  public record Content(ImportFormat format, Imported imported) {}

  /** Fails with {@link UserError}. */
  public Content read(Path file, SecretFiles files) {
    byte[] content = SecretFiles.read(file, ImportLimits.FILE_BYTES_MAX);
    try {
      ImportFormat format = Importers.guess(content);
      return new Content(format, read(content, format, files));
    } catch (ImportFailure e) {
      throw new UserError(file + ": " + e.getMessage());
    }
  }

  private Imported read(byte[] content, ImportFormat format, SecretFiles files) {
    Path key = keyFile;
    if (key != null) {
      if (format != ImportFormat.KDBX) {
        throw new UserError("only a KeePass database has a key file", 2);
      }
      SecretText password =
          files.passwordIfAny(PASSWORD, "password of the file, empty if it has none");
      return Importers.readKdbx(content, password, SecretFiles.read(key, KEY_FILE_BYTES_MAX));
    }
    SecretText password =
        Importers.needsPassword(content, format)
            ? files.password(PASSWORD, "password of the file", false)
            : null;
    return Importers.read(content, format, password);
  }
}

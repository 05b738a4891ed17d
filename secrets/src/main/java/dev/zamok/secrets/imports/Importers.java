package dev.zamok.secrets.imports;

import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.bitwarden.BitwardenImport;
import dev.zamok.secrets.csv.CsvImport;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.kdbx.KdbxImport;
import dev.zamok.secrets.onepassword.OnePuxImport;
import dev.zamok.secrets.sealed.SealedSafe;
import org.jspecify.annotations.Nullable;

/** Reads a file of any format. */
public final class Importers {
  private Importers() {}

  /** What the file seems to be, by its first bytes. Whether it is, reading it tells. */
  public static ImportFormat guess(byte[] file) {
    ImportLimits.checkFile(file);
    if (SealedSafe.isOne(file)) {
      return ImportFormat.SEALED;
    }
    if (starts(file, 0x03, 0xd9, 0xa2, 0x9a)) {
      return ImportFormat.KDBX;
    }
    if (starts(file, 'P', 'K', 3, 4)) {
      return ImportFormat.ONE_PASSWORD;
    }
    int first = 0;
    while (first < file.length && Character.isWhitespace(file[first])) {
      first++;
    }
    return first < file.length && file[first] == '{' ? ImportFormat.BITWARDEN : ImportFormat.CSV;
  }

  /** Whether {@link #read} will need a password for this file. */
  public static boolean needsPassword(byte[] file, ImportFormat format) {
    return switch (format) {
      case SEALED, KDBX -> true;
      case BITWARDEN -> BitwardenImport.isProtected(file);
      case CSV, ONE_PASSWORD -> false;
    };
  }

  /**
   * As {@link #read}, of a database of KeePass that has a key file.
   *
   * @param password null where the key file alone opens it
   */
  public static Imported readKdbx(byte[] database, @Nullable SecretText password, byte[] keyFile) {
    ImportLimits.checkFile(database);
    return KdbxImport.read(database, password, keyFile);
  }

  /**
   * Fails with {@link ImportFailure}, whose text quotes nothing of the file; then nothing was
   * taken. Slow where a password is stretched: not for event loops.
   */
  public static Imported read(byte[] file, ImportFormat format, @Nullable SecretText password) {
    ImportLimits.checkFile(file);
    return switch (format) {
      case SEALED -> SealedSafe.read(file, needed(password));
      case KDBX -> KdbxImport.read(file, needed(password), null);
      case BITWARDEN -> BitwardenImport.read(file, password);
      case CSV -> CsvImport.read(file);
      case ONE_PASSWORD -> OnePuxImport.read(file);
    };
  }

  private static SecretText needed(@Nullable SecretText password) {
    if (password == null) {
      throw new ImportFailure("the file is encrypted: its password is needed");
    }
    return password;
  }

  private static boolean starts(byte[] file, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (file.length <= i || (file[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}

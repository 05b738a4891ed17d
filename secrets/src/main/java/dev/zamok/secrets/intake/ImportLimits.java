package dev.zamok.secrets.intake;

/** What a file may ask of us. */
public final class ImportLimits {
  /** The file as it is, in bytes. */
  public static final int FILE_BYTES_MAX = 64 << 20;

  /** What unpacking or decrypting it may give, in bytes. */
  public static final int UNPACKED_BYTES_MAX = 128 << 20;

  /** Entries of all folders together. */
  public static final int SECRETS_MAX = 50_000;

  /** Levels of nesting in the format. */
  public static final int DEPTH_MAX = 64;

  /** Folders within folders. */
  public static final int FOLDERS_DEEP_MAX = 16;

  public static final int FOLDER_CHARACTERS_MAX = 200;

  private ImportLimits() {}

  public static void checkFile(byte[] file) {
    if (file.length > FILE_BYTES_MAX) {
      throw new ImportFailure("the file has more than " + FILE_BYTES_MAX + " bytes");
    }
    if (file.length == 0) {
      throw new ImportFailure("the file is empty");
    }
  }

  public static void checkCount(int secrets) {
    if (secrets > SECRETS_MAX) {
      throw new ImportFailure("the file has more than " + SECRETS_MAX + " entries");
    }
  }
}

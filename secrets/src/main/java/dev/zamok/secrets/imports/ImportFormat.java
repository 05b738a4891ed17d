package dev.zamok.secrets.imports;

/** What can be read. */
public enum ImportFormat {
  /** The sealed file of Zamok itself. */
  SEALED,
  /** Bitwarden's JSON, plain or protected by a password. */
  BITWARDEN,
  /** KeePass 2 and its like. */
  KDBX,
  /** Chrome's and 1Password's CSV, and others that name such columns. */
  CSV,
  /** 1Password's archive. */
  ONE_PASSWORD
}

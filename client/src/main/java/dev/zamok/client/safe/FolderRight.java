package dev.zamok.client.safe;

import dev.zamok.crypto.chain.Role;

/** What somebody may do with what is in a folder. */
public enum FolderRight {
  /** Read and write. */
  FULL,
  READ,
  /** Cannot decrypt it. */
  NONE;

  static FolderRight of(Role role) {
    if (role.atLeast(Role.WRITER)) {
      return FULL;
    }
    return role.atLeast(Role.READER) ? READ : NONE;
  }
}

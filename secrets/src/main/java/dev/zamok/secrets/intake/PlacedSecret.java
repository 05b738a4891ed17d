package dev.zamok.secrets.intake;

import dev.zamok.client.secret.Secret;
import dev.zamok.protocol.MalformedException;
import java.util.List;

/**
 * A secret and the folders it lies in, the outermost first; none for the safe itself. Names of
 * folders are lines of 1 to 200 characters without control characters.
 */
public record PlacedSecret(List<String> folders, Secret secret) {
  /** Fails with {@link MalformedException}. */
  public PlacedSecret {
    folders = List.copyOf(folders);
    if (folders.size() > ImportLimits.FOLDERS_DEEP_MAX
        || !folders.stream().allMatch(Lines::isFolder)) {
      throw new MalformedException("folders of another shape");
    }
  }

  @Override
  public String toString() {
    return "PlacedSecret[]";
  }
}

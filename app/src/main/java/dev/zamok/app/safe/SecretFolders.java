package dev.zamok.app.safe;

import dev.zamok.crypto.item.ItemBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Folders of files, and paths of safes. */
final class SecretFolders {
  private SecretFolders() {}

  /** A path that a safe takes: a name that it would not take becomes one that it does. */
  static String path(List<String> folders) {
    List<String> names = new ArrayList<>();
    for (String folder : folders) {
      for (String name : folder.split("/", -1)) {
        boolean taken = !name.isBlank() && !name.equals(".") && !name.equals("..");
        names.add(taken ? name : "_");
      }
    }
    while (String.join("/", names).getBytes(StandardCharsets.UTF_8).length
        > ItemBody.FOLDER_BYTES_MAX) {
      names.remove(names.size() - 1);
    }
    return String.join("/", names);
  }

  static List<String> names(String path) {
    return path.isEmpty() ? List.of() : List.of(path.split("/", -1));
  }
}

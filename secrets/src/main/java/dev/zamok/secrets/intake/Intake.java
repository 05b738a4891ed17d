package dev.zamok.secrets.intake;

import java.util.ArrayList;
import java.util.List;

/** Gathers the entries of one file. Not thread-safe. */
public final class Intake {
  /** A report longer than this is read by nobody; it ends with how many more there were. */
  static final int OMISSIONS_MAX = 10_000;

  private static final int NAME_CHARACTERS_SHOWN = 80;

  private final List<PlacedSecret> secrets = new ArrayList<>();
  private final List<Imported.Omission> omissions = new ArrayList<>();
  private int more;

  /**
   * The next entry.
   *
   * @param name as the file says; where it is empty the importer should offer a URL or the login
   */
  public Entry entry(String name) {
    ImportLimits.checkCount(secrets.size() + 1);
    return new Entry(this, name);
  }

  /** Something of the file itself that is not taken. */
  public void omitFromFile(String what) {
    omit("", what);
  }

  void omit(String entry, String what) {
    if (omissions.size() == OMISSIONS_MAX) {
      more++;
    } else {
      omissions.add(new Imported.Omission(Lines.cut(entry, NAME_CHARACTERS_SHOWN), what));
    }
  }

  void take(PlacedSecret secret) {
    secrets.add(secret);
  }

  public Imported done() {
    List<Imported.Omission> all = new ArrayList<>(omissions);
    if (more > 0) {
      all.add(new Imported.Omission("", "and " + more + " more things"));
    }
    return new Imported(secrets, all);
  }
}

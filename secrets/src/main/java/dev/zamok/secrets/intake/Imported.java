package dev.zamok.secrets.intake;

import java.util.List;

/**
 * What a file held.
 *
 * @param omissions everything that was not taken, or not as it was; none: everything came over
 */
public record Imported(List<PlacedSecret> secrets, List<Omission> omissions) {
  public Imported {
    secrets = List.copyOf(secrets);
    omissions = List.copyOf(omissions);
  }

  /**
   * One thing that stayed behind.
   *
   * @param entry the name of the entry, cut and without control characters; empty for the file
   * @param what in words, without any value
   */
  public record Omission(String entry, String what) {
    /** Names of entries tell where somebody has an account: no log shows them. */
    @Override
    public String toString() {
      return "Omission[]";
    }
  }

  @Override
  public String toString() {
    return "Imported[secrets=" + secrets.size() + ", omissions=" + omissions.size() + "]";
  }
}

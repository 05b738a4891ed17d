package dev.zamok.secrets.generate;

/** A class of characters of generated passwords. */
public enum Characters {
  LOWER("abcdefghijklmnopqrstuvwxyz", "abcdefghijkmnpqrstuvwxyz"),
  UPPER("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHJKLMNPQRSTUVWXYZ"),
  DIGIT("0123456789", "23456789"),
  /** Of ASCII, without quotes, backslash and space, which break too many shells and forms. */
  SYMBOL("!#$%&()*+,-./:;<=>?@[]^_{|}~", "!#$%&()*+,-./:;<=>?@[]^_{}~");

  private final String all;
  private final String distinct;

  Characters(String all, String distinct) {
    this.all = all;
    this.distinct = distinct;
  }

  /**
   * The characters of this class.
   *
   * @param lookAlikes whether {@code l I 1 | O 0 o} and the like are among them
   */
  public String of(boolean lookAlikes) {
    return lookAlikes ? all : distinct;
  }
}

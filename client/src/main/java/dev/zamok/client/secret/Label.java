package dev.zamok.client.secret;

import dev.zamok.protocol.MalformedException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a list shows of a secret.
 *
 * @param type a plain name; {@code login}, {@code note}, {@code card} and {@code identity} are
 *     used, others are kept
 * @param tags each once
 */
public record Label(String type, String name, List<String> tags) {
  public static final String LOGIN = "login";
  public static final String NOTE = "note";
  public static final int NAME_CHARACTERS_MAX = 500;
  public static final int TAGS_MAX = 50;
  public static final int TAG_CHARACTERS_MAX = 100;

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** Fails with {@link MalformedException}. */
  public Label {
    if (!TYPE.matcher(type).matches()) {
      throw new MalformedException("S-005 type that is no name");
    }
    SecretRules.line("name", name, 1, NAME_CHARACTERS_MAX);
    tags = List.copyOf(tags);
    SecretRules.distinct("tags", tags, TAGS_MAX, TAG_CHARACTERS_MAX);
  }

  /** Names tell where somebody has an account: no log shows them. */
  @Override
  public String toString() {
    return "Label[" + type + "]";
  }
}

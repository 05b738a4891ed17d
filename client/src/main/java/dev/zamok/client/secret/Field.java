package dev.zamok.client.secret;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.content.Extra;

/**
 * A field that the user added; names may repeat.
 *
 * @param hidden whether clients show it on request alone
 * @param extra members that this version does not know
 */
public record Field(String name, SecretText value, boolean hidden, Extra extra) {
  public static final int NAME_CHARACTERS_MAX = 200;
  public static final int VALUE_CHARACTERS_MAX = 100_000;

  /** Fails with {@link MalformedException}. */
  public Field {
    SecretRules.line("name of a field", name, 1, NAME_CHARACTERS_MAX);
    SecretRules.lines("field", value.reveal(), VALUE_CHARACTERS_MAX);
  }

  public static Field shown(String name, String value) {
    return new Field(name, SecretText.of(value), false, Extra.NONE);
  }

  public static Field hidden(String name, String value) {
    return new Field(name, SecretText.of(value), true, Extra.NONE);
  }

  @Override
  public String toString() {
    return "Field[]";
  }
}

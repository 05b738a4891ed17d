package dev.zamok.app.secret;

import dev.zamok.app.UserError;

/**
 * {@code safe/item#field}. The safe ends at the first slash, the field begins after the last number
 * sign; without one it is the password.
 */
public record SecretReference(String safe, String item, String field) {
  public static final String PASSWORD = "password";

  public SecretReference {
    if (safe.isEmpty() || item.isEmpty() || field.isEmpty()) {
      throw new UserError("a secret is named safe/item#field");
    }
  }

  public static SecretReference parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new UserError("a secret is named safe/item#field");
    }
    int hash = text.lastIndexOf('#');
    return hash < slash
        ? new SecretReference(text.substring(0, slash), text.substring(slash + 1), PASSWORD)
        : new SecretReference(
            text.substring(0, slash), text.substring(slash + 1, hash), text.substring(hash + 1));
  }
}

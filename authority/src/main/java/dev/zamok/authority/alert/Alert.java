package dev.zamok.authority.alert;

import io.vertx.core.json.JsonObject;

/**
 * Something became wrong, or right again.
 *
 * @param atMillis when it was noticed, milliseconds since 1970
 */
public record Alert(String kind, String subject, String text, boolean raised, long atMillis) {
  public JsonObject json() {
    return new JsonObject()
        .put("kind", kind)
        .put("subject", subject)
        .put("text", text)
        .put("state", raised ? "raised" : "cleared")
        .put("at", atMillis);
  }

  String line() {
    return (raised ? "ALERT " : "ALL CLEAR ") + kind + " " + subject + ": " + text;
  }
}

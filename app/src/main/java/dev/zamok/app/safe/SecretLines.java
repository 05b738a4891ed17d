package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Safes and secrets as lines: for people, and as JSON for programs. */
final class SecretLines {
  private SecretLines() {}

  static String safeJson(Safe safe, String name, String role) {
    return JsonLines.write(
        JsonLines.object("safe")
            .put("safe", safe.id().toString())
            .put("name", name)
            .put("role", role));
  }

  /** Without what is secret. */
  static String entry(Desk.Found found, boolean json) {
    if (json) {
      return JsonLines.write(about("secret", found));
    }
    return Visible.line(Desk.path(found)) + (found.item().trashed() ? "  (in the trash)" : "");
  }

  /** The same, of one of several safes. */
  static String entry(Safe safe, String name, Desk.Found found, boolean json) {
    return json
        ? JsonLines.write(about("secret", found).put("safe", safe.id().toString()))
        : Visible.line(name) + "  " + entry(found, false);
  }

  static String version(Desk.Found found, boolean json) {
    if (json) {
      return JsonLines.write(about("version", found));
    }
    return found.item().version()
        + "  "
        + Instant.ofEpochMilli(found.item().timeMillis())
        + "  "
        + Visible.line(found.item().author().login())
        + (found.item().trashed() ? "  to the trash" : "")
        + (found.item().place().resealed() ? "  sealed anew, nothing else" : "");
  }

  private static ObjectNode about(String type, Desk.Found found) {
    return JsonLines.object(type)
        .put("id", found.item().id().toString())
        .put("name", found.secret().name())
        .put("folder", found.item().folder())
        .put("version", found.item().version())
        .put("trashed", found.item().trashed())
        .put("author", found.item().author().login())
        .put("time", Instant.ofEpochMilli(found.item().timeMillis()).toString());
  }

  /** Everything in it. */
  static String whole(Desk.Found found) {
    return JsonLines.write(content(about("secret", found), found.secret()));
  }

  /** Everything in a secret, added to {@code json}. */
  static ObjectNode content(ObjectNode json, Secret secret) {
    json.put("name", secret.name());
    json.put("kind", secret.label().type());
    ArrayNode tags = json.putArray("tags");
    secret.label().tags().forEach(tags::add);
    json.put("login", secret.credentials().login());
    json.put("password", secret.credentials().password().reveal());
    json.put("totp", secret.credentials().totp().reveal());
    ArrayNode urls = json.putArray("urls");
    secret.credentials().urls().forEach(urls::add);
    json.put("notes", secret.notes().reveal());
    ArrayNode fields = json.putArray("fields");
    for (Field field : secret.fields()) {
      fields
          .addObject()
          .put("name", field.name())
          .put("value", field.value().reveal())
          .put("hidden", field.hidden());
    }
    return json;
  }

  /** What a person sees; hidden things on request alone. */
  static List<String> lines(String title, Secret secret, boolean reveal) {
    List<String> lines = new ArrayList<>();
    lines.add(Visible.line(title));
    add(lines, "login", secret.credentials().login());
    hidden(lines, "password", secret.credentials().password().reveal(), reveal);
    hidden(lines, "totp", secret.credentials().totp().reveal(), reveal);
    secret.credentials().urls().forEach(url -> add(lines, "url", url));
    secret
        .fields()
        .forEach(
            field -> {
              String name = Visible.line(field.name());
              if (field.hidden()) {
                hidden(lines, name, field.value().reveal(), reveal);
              } else {
                add(lines, name, field.value().reveal());
              }
            });
    add(lines, "notes", secret.notes().reveal());
    add(lines, "tags", String.join(", ", secret.label().tags()));
    return lines;
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add("  " + name + ": " + Visible.lines(value, "    "));
    }
  }

  private static void hidden(List<String> lines, String name, String value, boolean reveal) {
    if (!value.isEmpty()) {
      add(lines, name, reveal ? value : "(hidden: --reveal, or --field)");
    }
  }
}

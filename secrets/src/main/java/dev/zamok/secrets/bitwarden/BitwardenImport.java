package dev.zamok.secrets.bitwarden;

import static dev.zamok.secrets.intake.ForeignJson.list;
import static dev.zamok.secrets.intake.ForeignJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zamok.client.secret.Label;
import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.intake.Entry;
import dev.zamok.secrets.intake.ForeignJson;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.Intake;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Bitwarden's JSON export, plain or protected by a password of its own, of a person or of an
 * organisation. Cards, identities and SSH keys become secrets with fields. Not taken, and reported:
 * what is in the trash, earlier passwords, passkeys, and how URLs are matched.
 */
public final class BitwardenImport {
  private BitwardenImport() {}

  /**
   * Fails with {@link ImportFailure}; then nothing was taken. Slow where a password is stretched.
   *
   * @param password needed where the export is protected by one
   */
  public static Imported read(byte[] file, @Nullable SecretText password) {
    ImportLimits.checkFile(file);
    JsonNode export = ForeignJson.object(file);
    if (export.path("encrypted").asBoolean(false)) {
      export = ForeignJson.object(ProtectedExport.open(export, password));
    }
    if (!export.path("items").isArray()) {
      throw new ImportFailure("the file is no export of Bitwarden: it has no items");
    }
    Intake intake = new Intake();
    Map<String, List<String>> folders = folders(export);
    list(export, "items").forEach(item -> item(intake, folders, item));
    return intake.done();
  }

  /** Whether the export asks for a password of its own. Fails with {@link ImportFailure}. */
  public static boolean isProtected(byte[] file) {
    ImportLimits.checkFile(file);
    JsonNode export = ForeignJson.object(file);
    return export.path("encrypted").asBoolean(false)
        && export.path("passwordProtected").asBoolean(false);
  }

  private static Map<String, List<String>> folders(JsonNode export) {
    Map<String, List<String>> folders = new HashMap<>();
    for (String kind : List.of("folders", "collections")) {
      for (JsonNode folder : list(export, kind)) {
        folders.put(text(folder, "id"), List.of(text(folder, "name").split("/", -1)));
      }
    }
    return folders;
  }

  private static void item(Intake intake, Map<String, List<String>> folders, JsonNode item) {
    String name = text(item, "name");
    if (!text(item, "deletedDate").isEmpty()) {
      intake.entry(name).omit("the whole entry: it was in the trash");
      return;
    }
    Entry entry = intake.entry(name);
    String folder = text(item, "folderId");
    List<JsonNode> collections = list(item, "collectionIds");
    if (folder.isEmpty() && !collections.isEmpty()) {
      folder = collections.get(0).asText();
    }
    if (collections.size() > 1) {
      entry.omit("further collections it was in");
    }
    entry.folders(folders.getOrDefault(folder, List.of())).notes(text(item, "notes"));
    if (item.path("favorite").asBoolean(false)) {
      entry.tag("favourite");
    }
    switch (item.path("type").asInt(0)) {
      case 1 -> login(entry, item);
      case 2 -> entry.type(Label.NOTE);
      case 3 -> members(entry.type("card"), item.path("card"), List.of("number", "code"));
      case 4 ->
          members(
              entry.type("identity"),
              item.path("identity"),
              List.of("ssn", "passportNumber", "licenseNumber"));
      case 5 -> members(entry.type("ssh-key"), item.path("sshKey"), List.of("privateKey"));
      default -> {
        entry.omit("the whole entry: it is of a kind that is not known");
        return;
      }
    }
    list(item, "fields").forEach(field -> field(entry, field));
    if (!list(item, "passwordHistory").isEmpty()) {
      entry.omit("earlier passwords");
    }
    if (!list(item, "attachments").isEmpty()) {
      entry.omit("attachments");
    }
    entry.done();
  }

  private static void login(Entry entry, JsonNode item) {
    JsonNode login = item.path("login");
    String password = text(login, "password");
    entry.login(text(login, "username")).password(password).totp(text(login, "totp"));
    if (!password.isEmpty()) {
      ForeignJson.time(login, "passwordRevisionDate")
          .or(() -> ForeignJson.time(item, "creationDate"))
          .ifPresent(entry::passwordTime);
    }
    for (JsonNode uri : list(login, "uris")) {
      entry.url(text(uri, "uri"));
      if (!text(uri, "match").isEmpty()) {
        entry.omit("how a URL is matched");
      }
    }
    if (!list(login, "fido2Credentials").isEmpty()) {
      entry.omit("passkeys");
    }
  }

  private static void field(Entry entry, JsonNode field) {
    String name = text(field, "name");
    String value = text(field, "value");
    if (BitwardenExport.TAGS.equals(name)) {
      value.lines().forEach(entry::tag);
      return;
    }
    if (BitwardenExport.TYPE.equals(name) && value.matches("[a-z][a-z0-9-]{0,31}")) {
      entry.type(value);
      return;
    }
    switch (field.path("type").asInt(0)) {
      case 1 -> entry.field(name, value, true);
      case 3 -> entry.omit("a field that points at another one");
      default -> entry.field(name, value, false);
    }
  }

  /** The members of a card, an identity or a key, each as a field. */
  private static void members(Entry entry, JsonNode object, List<String> hidden) {
    object
        .properties()
        .forEach(
            member ->
                entry.fieldIfAny(
                    words(member.getKey()),
                    text(object, member.getKey()),
                    hidden.contains(member.getKey())));
  }

  /** {@code cardholderName} as {@code Cardholder name}. */
  private static String words(String name) {
    String spaced = name.replaceAll("(?<=[a-z])(?=[A-Z0-9])", " ").toLowerCase(Locale.ROOT);
    return spaced.isEmpty()
        ? spaced
        : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }
}

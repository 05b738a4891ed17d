package dev.zamok.secrets.bitwarden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.secret.Credentials;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Label;
import dev.zamok.client.secret.Secret;
import dev.zamok.secrets.intake.PlacedSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes Bitwarden's JSON. It is in the clear: a last resort for leaving, to be deleted right after
 * use. Tags and types other than login and note have no place there and go into fields of our own
 * names, which come back on import.
 */
public final class BitwardenExport {
  static final String TAGS = "zamok-tags";
  static final String TYPE = "zamok-type";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private BitwardenExport() {}

  /** The file, and in words, without any value, what it does not hold. */
  public static final class Written {
    private final byte[] json;
    private final List<String> omissions;

    Written(byte[] json, List<String> omissions) {
      this.json = json;
      this.omissions = List.copyOf(omissions);
    }

    public byte[] json() {
      return json.clone();
    }

    public List<String> omissions() {
      return omissions;
    }
  }

  public static Written write(List<PlacedSecret> secrets) {
    Map<String, String> folders = new LinkedHashMap<>();
    List<String> omissions = new ArrayList<>();
    ArrayNode items = MAPPER.createArrayNode();
    for (PlacedSecret placed : secrets) {
      ObjectNode item = items.addObject();
      item.put("id", id("item", items.size()));
      item.putNull("organizationId");
      if (placed.folders().isEmpty()) {
        item.putNull("folderId");
      } else {
        item.put("folderId", folder(placed, folders, omissions));
      }
      item(item, placed.secret());
      omissions(placed.secret(), omissions);
    }
    ObjectNode file = MAPPER.createObjectNode();
    file.put("encrypted", false);
    ArrayNode list = file.putArray("folders");
    folders.forEach((name, id) -> list.addObject().put("id", id).put("name", name));
    file.set("items", items);
    try {
      return new Written(MAPPER.writeValueAsBytes(file), omissions);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON");
    }
  }

  /** Bitwarden nests folders by slashes in their names. */
  private static String folder(
      PlacedSecret placed, Map<String, String> folders, List<String> omissions) {
    List<String> path = placed.folders().stream().map(name -> name.replace('/', '\u2215')).toList();
    if (!path.equals(placed.folders())) {
      omissions.add("a slash in the name of a folder became \u2215");
    }
    return folders.computeIfAbsent(String.join("/", path), p -> id("folder", folders.size() + 1));
  }

  private static void item(ObjectNode item, Secret secret) {
    Credentials credentials = secret.credentials();
    boolean note = secret.label().type().equals(Label.NOTE) && credentials.equals(Credentials.NONE);
    item.put("type", note ? 2 : 1);
    item.put("reprompt", 0);
    item.put("name", secret.name());
    item.put("notes", secret.notes().isEmpty() ? null : secret.notes().reveal());
    item.put("favorite", false);
    ArrayNode fields = item.putArray("fields");
    String type = secret.label().type();
    if (!note && !type.equals(Label.LOGIN)) {
      field(fields, TYPE, type, 0);
    }
    if (!secret.label().tags().isEmpty()) {
      field(fields, TAGS, String.join("\n", secret.label().tags()), 0);
    }
    for (Field one : secret.fields()) {
      field(fields, one.name(), one.value().reveal(), one.hidden() ? 1 : 0);
    }
    if (note) {
      item.putObject("secureNote").put("type", 0);
    } else {
      login(item.putObject("login"), credentials);
    }
    item.putNull("collectionIds");
  }

  private static void login(ObjectNode login, Credentials credentials) {
    ArrayNode uris = login.putArray("uris");
    credentials.urls().forEach(url -> uris.addObject().putNull("match").put("uri", url));
    login.put("username", credentials.login().isEmpty() ? null : credentials.login());
    login.put(
        "password", credentials.password().isEmpty() ? null : credentials.password().reveal());
    login.put("totp", credentials.totp().isEmpty() ? null : credentials.totp().reveal());
    credentials
        .passwordTime()
        .ifPresent(time -> login.put("passwordRevisionDate", time.toString()));
  }

  private static void field(ArrayNode fields, String name, String value, int type) {
    fields.addObject().put("name", name).put("value", value).put("type", type).putNull("linkedId");
  }

  private static void omissions(Secret secret, List<String> omissions) {
    if (!secret.attachments().isEmpty()) {
      omissions.add("attachments");
    }
    boolean extra =
        !secret.extra().isEmpty() || secret.fields().stream().anyMatch(f -> !f.extra().isEmpty());
    if (extra) {
      omissions.add("what a later version of Zamok wrote");
    }
  }

  /** The same file every time: the ids mean nothing beyond it. */
  private static String id(String kind, int number) {
    return UUID.nameUUIDFromBytes(
            (kind + number).getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .toString();
  }
}

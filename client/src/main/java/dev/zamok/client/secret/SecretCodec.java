package dev.zamok.client.secret;

import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.content.Extra;
import dev.zamok.protocol.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The codec of {@link Secret}: the body of an item, before it is sealed.
 *
 * <pre>
 * {"type":"login","name":"...","tags":["..."],"login":"...","password":"...",
 *  "passwordTime":1700000000000,"totp":"otpauth://...","urls":["..."],"notes":"...",
 *  "fields":[{"name":"...","value":"...","hidden":true}],
 *  "attachments":[{"item":"id","fileName":"..."}]}
 * </pre>
 *
 * then spaces up to a multiple of {@value #BLOCK_BYTES} bytes, so that the size of a ciphertext
 * tells little of the password. JSON in its shortest spelling; members stand in this order, unknown
 * ones behind; all but {@code type} and {@code name} are absent when empty. Decoding fails with
 * {@link MalformedException}, whose text starts with the number of the check in {@code SECRET.md}
 * and names no content; encoding what was decoded gives the same bytes.
 */
public final class SecretCodec {
  /** The largest body, in bytes. */
  public static final int BYTES_MAX = 512 * 1024;

  /** Every body is a multiple of this, in bytes. */
  public static final int BLOCK_BYTES = 256;

  private SecretCodec() {}

  /** The bytes belong to the caller. Fails with {@link MalformedException} when too big. */
  public static byte[] encode(Secret secret) {
    byte[] json = Json.write(members(secret));
    int size = (json.length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    if (size > BYTES_MAX) {
      throw new MalformedException("S-001 secret of " + size + " bytes");
    }
    byte[] body = Arrays.copyOf(json, size);
    Arrays.fill(body, json.length, size, (byte) ' ');
    Arrays.fill(json, (byte) 0);
    return body;
  }

  public static Secret decode(byte[] body) {
    if (body.length > BYTES_MAX || body.length % BLOCK_BYTES != 0) {
      throw new MalformedException("S-001 secret of " + body.length + " bytes");
    }
    Secret secret = secret(new SecretMembers(object(body)));
    byte[] again = encode(secret);
    boolean same = Arrays.equals(again, body);
    Arrays.fill(again, (byte) 0);
    if (!same) {
      throw new MalformedException("S-003 not the one spelling, or members out of order");
    }
    return secret;
  }

  private static Secret secret(SecretMembers in) {
    Label label = new Label(in.needed("type"), in.needed("name"), in.lines("tags"));
    Credentials credentials =
        new Credentials(
            in.text("login"),
            SecretText.of(in.text("password")),
            in.time("passwordTime"),
            SecretText.of(in.text("totp")),
            in.lines("urls"));
    return new Secret(
        label,
        credentials,
        SecretText.of(in.text("notes")),
        in.objects("fields").stream().map(SecretCodec::field).toList(),
        in.objects("attachments").stream().map(SecretCodec::attachment).toList(),
        in.extra());
  }

  private static Field field(SecretMembers in) {
    return new Field(
        in.needed("name"), SecretText.of(in.needed("value")), in.flag("hidden"), in.extra());
  }

  private static Attachment attachment(SecretMembers in) {
    return new Attachment(item(in.needed("item")), in.needed("fileName"), in.extra());
  }

  private static ItemId item(String text) {
    try {
      return ItemId.parse(text);
    } catch (MalformedException e) {
      throw new MalformedException("S-012 attachment that is no item");
    }
  }

  private static Map<String, Object> members(Secret secret) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", secret.label().type());
    members.put("name", secret.label().name());
    putIfAny(members, "tags", secret.label().tags());
    Credentials credentials = secret.credentials();
    putIfAny(members, "login", credentials.login());
    putIfAny(members, "password", credentials.password().reveal());
    credentials
        .passwordTime()
        .ifPresent(time -> members.put("passwordTime", Credentials.millis(time)));
    putIfAny(members, "totp", credentials.totp().reveal());
    putIfAny(members, "urls", credentials.urls());
    putIfAny(members, "notes", secret.notes().reveal());
    putIfAny(members, "fields", secret.fields().stream().map(SecretCodec::members).toList());
    putIfAny(
        members, "attachments", secret.attachments().stream().map(SecretCodec::members).toList());
    return with(secret.extra(), members, SecretMembers.KNOWN);
  }

  private static Map<String, Object> members(Field field) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", field.name());
    members.put("value", field.value().reveal());
    members.put("hidden", field.hidden());
    return with(field.extra(), members, List.copyOf(members.keySet()));
  }

  private static Map<String, Object> members(Attachment attachment) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("item", attachment.item().toString());
    members.put("fileName", attachment.fileName());
    return with(attachment.extra(), members, List.copyOf(members.keySet()));
  }

  private static void putIfAny(Map<String, Object> members, String name, String text) {
    if (!text.isEmpty()) {
      members.put(name, text);
    }
  }

  private static void putIfAny(Map<String, Object> members, String name, List<?> list) {
    if (!list.isEmpty()) {
      members.put(name, list);
    }
  }

  private static Map<String, Object> with(
      Extra extra, Map<String, Object> members, List<String> known) {
    for (Map.Entry<String, Object> one : extra.members().entrySet()) {
      if (known.contains(one.getKey())) {
        throw new MalformedException("S-006 known member among the extra ones");
      }
      members.put(one.getKey(), one.getValue());
    }
    return members;
  }

  private static Map<String, Object> object(byte[] utf8) {
    try {
      return Json.object(utf8);
    } catch (MalformedException e) {
      throw new MalformedException("S-002 " + e.getMessage());
    }
  }
}

package dev.zamok.secrets.onepassword;

import static dev.zamok.secrets.intake.ForeignJson.list;
import static dev.zamok.secrets.intake.ForeignJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zamok.client.secret.Label;
import dev.zamok.secrets.intake.BoundedInput;
import dev.zamok.secrets.intake.Entry;
import dev.zamok.secrets.intake.ForeignJson;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.Intake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads 1Password's 1PUX archive: a ZIP file with {@code export.data}, JSON of accounts, vaults and
 * items. A vault becomes a folder. Nothing is unpacked to disk. Not taken, and reported: documents
 * and attached files, earlier passwords, passkeys.
 */
public final class OnePuxImport {
  private static final String DATA = "export.data";
  private static final int ZIP_ENTRIES_MAX = 10_000;
  private static final Set<String> HIDDEN = Set.of("concealed", "creditCardNumber");

  private OnePuxImport() {}

  /** Fails with {@link ImportFailure}; then nothing was taken. */
  public static Imported read(byte[] file) {
    ImportLimits.checkFile(file);
    JsonNode export = ForeignJson.object(data(file));
    if (!export.path("accounts").isArray()) {
      throw new ImportFailure("the archive is none of 1Password: it has no accounts");
    }
    Intake intake = new Intake();
    for (JsonNode account : list(export, "accounts")) {
      for (JsonNode vault : list(account, "vaults")) {
        String folder = text(vault.path("attrs"), "name");
        list(vault, "items").forEach(item -> item(intake, folder, item));
      }
    }
    return intake.done();
  }

  /** What is in the way of the data is unpacked too, and counts. */
  private static byte[] data(byte[] file) {
    BoundedZip zip = new BoundedZip(file);
    try (zip) {
      int entries = 0;
      for (ZipEntry one = zip.getNextEntry(); one != null; one = zip.getNextEntry()) {
        if (++entries > ZIP_ENTRIES_MAX) {
          throw new ImportFailure("the archive has more than " + ZIP_ENTRIES_MAX + " files");
        }
        BoundedInput bounded = new BoundedInput(zip, zip.left);
        if (one.getName().equals(DATA)) {
          return bounded.readAllBytes();
        }
        zip.left -= drain(bounded);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ImportFailure("the archive is damaged");
    }
    throw new ImportFailure("the archive is none of 1Password: it has no " + DATA);
  }

  private static long drain(BoundedInput in) throws IOException {
    byte[] block = new byte[8192];
    long drained = 0;
    for (int read = in.read(block, 0, block.length);
        read > 0;
        read = in.read(block, 0, block.length)) {
      drained += read;
    }
    return drained;
  }

  private static final class BoundedZip extends ZipInputStream {
    private long left = ImportLimits.UNPACKED_BYTES_MAX;

    BoundedZip(byte[] file) {
      super(new ByteArrayInputStream(file));
    }
  }

  private static void item(Intake intake, String vault, JsonNode item) {
    JsonNode overview = item.path("overview");
    JsonNode details = item.path("details");
    Entry entry = intake.entry(text(overview, "title"));
    if (text(item, "state").equals("trashed")) {
      entry.omit("the whole entry: it was in the trash");
      return;
    }
    boolean note = text(item, "categoryUuid").equals("003");
    entry.type(note ? Label.NOTE : Label.LOGIN).folders(List.of(vault));
    if (text(item, "state").equals("archived")) {
      entry.tag("archived");
    }
    entry.url(text(overview, "url"));
    list(overview, "urls").forEach(url -> entry.url(text(url, "url")));
    list(overview, "tags").forEach(tag -> entry.tag(tag.asText()));
    entry.notes(text(details, "notesPlain"));
    if (!text(details, "password").isEmpty()) {
      entry.password(text(details, "password"));
    }
    list(details, "loginFields").forEach(field -> loginField(entry, field));
    for (JsonNode section : list(details, "sections")) {
      list(section, "fields").forEach(field -> field(entry, field));
    }
    if (!list(details, "passwordHistory").isEmpty()) {
      entry.omit("earlier passwords");
    }
    if (details.path("documentAttributes").isObject()) {
      entry.omit("an attached file");
    }
    if (details.path("passkey").isObject()) {
      entry.omit("passkeys");
    }
    entry.done();
  }

  private static void loginField(Entry entry, JsonNode field) {
    String value = text(field, "value");
    switch (text(field, "designation")) {
      case "username" -> entry.login(value);
      case "password" -> entry.password(value);
      default -> entry.fieldIfAny(text(field, "name"), value, text(field, "fieldType").equals("P"));
    }
  }

  /** A value is an object of one member, whose name is its kind. */
  private static void field(Entry entry, JsonNode field) {
    String title = text(field, "title");
    JsonNode value = field.path("value");
    value
        .properties()
        .forEach(
            one -> {
              String kind = one.getKey();
              JsonNode inner = one.getValue();
              switch (kind) {
                case "totp" -> entry.totp(inner.asText());
                case "date" ->
                    entry.fieldIfAny(title, inner.isNumber() ? date(inner.asLong()) : "", false);
                case "file" -> entry.omit("an attached file");
                default -> {
                  if (inner.isObject()) {
                    inner
                        .properties()
                        .forEach(
                            part ->
                                entry.fieldIfAny(
                                    title + " " + part.getKey(),
                                    part.getValue().asText(""),
                                    kind.equals("sshKey")));
                  } else {
                    entry.fieldIfAny(title, text(value, kind), HIDDEN.contains(kind));
                  }
                }
              }
            });
  }

  private static String date(long seconds) {
    try {
      return Instant.ofEpochSecond(seconds).toString().substring(0, 10);
    } catch (java.time.DateTimeException e) {
      return "";
    }
  }
}

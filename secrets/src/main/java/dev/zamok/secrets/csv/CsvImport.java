package dev.zamok.secrets.csv;

import dev.zamok.secrets.intake.Entry;
import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.Intake;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads what Chrome ({@code name,url,username,password,note}) and 1Password ({@code
 * Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes}) write, and every CSV file (RFC
 * 4180, UTF-8) whose first line names such columns, in any order. Columns that are not known become
 * fields, hidden ones: nobody can tell what is in them. Values are data, whatever they look like to
 * a spreadsheet; nothing writes them into a CSV file again.
 */
public final class CsvImport {
  private static final int COLUMNS_MAX = 200;

  private static final Map<String, Column> COLUMNS =
      Map.ofEntries(
          Map.entry("name", Column.NAME),
          Map.entry("title", Column.NAME),
          Map.entry("url", Column.URL),
          Map.entry("urls", Column.URL),
          Map.entry("website", Column.URL),
          Map.entry("username", Column.LOGIN),
          Map.entry("login", Column.LOGIN),
          Map.entry("password", Column.PASSWORD),
          Map.entry("note", Column.NOTES),
          Map.entry("notes", Column.NOTES),
          Map.entry("otpauth", Column.TOTP),
          Map.entry("totp", Column.TOTP),
          Map.entry("tags", Column.TAGS),
          Map.entry("archived", Column.ARCHIVED),
          Map.entry("favorite", Column.FAVOURITE));
  private static final Set<String> NAMES = Set.of("name", "title");

  private CsvImport() {}

  /** Fails with {@link ImportFailure}; then nothing was taken. */
  public static Imported read(byte[] file) {
    ImportLimits.checkFile(file);
    Intake intake = new Intake();
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(text(file)), format)) {
      List<String> header = null;
      for (CSVRecord record : parser) {
        if (header == null) {
          header = header(record);
        } else {
          entry(intake, header, record);
        }
      }
      if (header == null) {
        throw new ImportFailure("the file is empty");
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      // The library's words quote the file.
      throw new ImportFailure("the file is no CSV: quotes that do not match");
    }
    return intake.done();
  }

  private static List<String> header(CSVRecord record) {
    List<String> header =
        record.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    if (header.size() > COLUMNS_MAX) {
      throw new ImportFailure("the file has more than " + COLUMNS_MAX + " columns");
    }
    if (header.stream().noneMatch(name -> COLUMNS.get(name) == Column.PASSWORD)
        || header.stream().noneMatch(NAMES::contains)) {
      throw new ImportFailure(
          "the first line does not name the columns name (or title) and password");
    }
    if (header.stream().distinct().count() != header.size()) {
      throw new ImportFailure("the first line names a column twice");
    }
    return header;
  }

  private static void entry(Intake intake, List<String> header, CSVRecord record) {
    if (record.size() != header.size()) {
      throw new ImportFailure(
          "entry "
              + (record.getRecordNumber() - 1)
              + " has more or fewer columns than the first line");
    }
    Map<Column, String> known = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      Column column = COLUMNS.get(header.get(i));
      if (column != null) {
        known.merge(column, record.get(i), (a, b) -> a.isEmpty() ? b : a);
      }
    }
    Entry entry = intake.entry(name(known));
    entry
        .login(known.getOrDefault(Column.LOGIN, ""))
        .password(known.getOrDefault(Column.PASSWORD, ""))
        .notes(known.getOrDefault(Column.NOTES, ""))
        .totp(known.getOrDefault(Column.TOTP, ""));
    // 1Password puts several into one cell.
    known.getOrDefault(Column.URL, "").lines().forEach(entry::url);
    for (String tag : known.getOrDefault(Column.TAGS, "").split("[,;]", -1)) {
      entry.tag(tag);
    }
    if (known.getOrDefault(Column.ARCHIVED, "").equalsIgnoreCase("true")) {
      entry.tag("archived");
    }
    if (known.getOrDefault(Column.FAVOURITE, "").equalsIgnoreCase("true")) {
      entry.tag("favourite");
    }
    for (int i = 0; i < header.size(); i++) {
      if (!COLUMNS.containsKey(header.get(i))) {
        entry.fieldIfAny(header.get(i), record.get(i), true);
      }
    }
    entry.done();
  }

  private static String name(Map<Column, String> known) {
    for (Column column : List.of(Column.NAME, Column.URL, Column.LOGIN)) {
      String name = known.getOrDefault(column, "").strip();
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "";
  }

  private static String text(byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ImportFailure("the file is not UTF-8");
    }
  }

  private enum Column {
    NAME,
    URL,
    LOGIN,
    PASSWORD,
    NOTES,
    TOTP,
    TAGS,
    ARCHIVED,
    FAVOURITE
  }
}

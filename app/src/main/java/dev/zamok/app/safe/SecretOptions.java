package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretDraft;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The parts of a secret. What is secret comes from files or the input, never from the command line,
 * which every user of a machine sees.
 */
final class SecretOptions {
  private static final int FILE_BYTES_MAX = 256 << 10;

  @Option(names = "--user", paramLabel = "NAME", description = "The login name it is for.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password is the first line of this file; - reads the input.")
  private @Nullable String password;

  @Option(names = "--ask", description = "Ask for the password at the terminal.")
  private boolean ask;

  @Option(
      names = "--totp-file",
      paramLabel = "FILE",
      description = "The otpauth URI of one-time codes is the first line of this file.")
  private @Nullable String totp;

  @Option(names = "--url", paramLabel = "URL", description = "Where it is used. May be repeated.")
  private List<String> urls = new ArrayList<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "May be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--notes-file",
      paramLabel = "FILE",
      description = "The notes are in this file; - reads the input.")
  private @Nullable String notes;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A field that is no secret. May be repeated.")
  private Map<String, String> fields = new LinkedHashMap<>();

  @Option(
      names = "--set-file",
      paramLabel = "NAME=FILE",
      description = "A hidden field, whose value is in this file. May be repeated.")
  private Map<String, String> hidden = new LinkedHashMap<>();

  /** What was named replaces what is there. Fails with {@link UserError}. */
  void apply(SecretDraft draft, Surroundings around) {
    if (user != null) {
      draft.login(user);
    }
    if (password != null) {
      draft.newPassword(SecretText.of(firstLine(read(password, around))), around.clock().instant());
    } else if (ask) {
      draft.newPassword(SecretText.of(asked(around)), around.clock().instant());
    }
    if (totp != null) {
      draft.totp(SecretText.of(firstLine(read(totp, around))));
    }
    if (!urls.isEmpty()) {
      draft.urls(urls);
    }
    if (!tags.isEmpty()) {
      draft.tags(tags);
    }
    if (notes != null) {
      draft.notes(SecretText.of(whole(notes, around)));
    }
    List<Field> all = new ArrayList<>();
    fields.forEach((name, value) -> all.add(Field.shown(name, value)));
    hidden.forEach((name, file) -> all.add(Field.hidden(name, whole(file, around))));
    if (!all.isEmpty()) {
      set(draft, all);
    }
  }

  /** Fields of the same names are replaced, others stay. */
  private static void set(SecretDraft draft, List<Field> all) {
    List<Field> kept = new ArrayList<>();
    for (Field field : checked(draft).fields()) {
      if (all.stream().noneMatch(other -> other.name().equals(field.name()))) {
        kept.add(field);
      }
    }
    kept.addAll(all);
    draft.fields(kept);
  }

  /** Fails with {@link UserError} when a part is longer, or looks other, than it may. */
  static Bytes encoded(SecretDraft draft) {
    return Bytes.wrap(SecretCodec.encode(checked(draft)));
  }

  private static dev.zamok.client.secret.Secret checked(SecretDraft draft) {
    try {
      return draft.done();
    } catch (MalformedException e) {
      throw new UserError("that cannot be kept: " + e.getMessage(), 2);
    }
  }

  private static String asked(Surroundings around) {
    if (!around.asker().isThere()) {
      throw new UserError("nobody is there to ask: use --password-file", 2);
    }
    return new String(around.asker().secret("the password to keep"));
  }

  private static String read(String file, Surroundings around) {
    try {
      if (file.equals("-")) {
        return text(around.in());
      }
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        return text(in);
      }
    } catch (IOException e) {
      throw new UserError("a file that was named cannot be read", 2);
    }
  }

  private static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
    if (bytes.length > FILE_BYTES_MAX) {
      throw new UserError("a file that was named is too large", 2);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError("a file that was named is not UTF-8: it would not be kept as it is", 2);
    }
  }

  /** The first line of a file, or of the input. Fails with {@link UserError}. */
  static String line(String file, Surroundings around) {
    return firstLine(read(file, around)).strip();
  }

  private static String firstLine(String text) {
    return text.lines()
        .findFirst()
        .filter(line -> !line.isEmpty())
        .orElseThrow(() -> new UserError("a file that was named begins with an empty line", 2));
  }

  /** As it is, but for the line break that an editor leaves at the end. */
  private static String whole(String file, Surroundings around) {
    String text = read(file, around);
    return text.endsWith("\n")
        ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1))
        : text;
  }
}

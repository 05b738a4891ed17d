package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretDraft;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.secrets.totp.TotpSeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The parts of a secret. What is secret comes from files or the input, never from the command line,
 * which every user of a machine sees.
 */
final class SecretOptions {
  private static final int FILE_BYTES_MAX = 256 << 10;

  @Option(names = "--user", paramLabel = "NAME", description = "The login name it is for.")
  private @Nullable String user;

  @Mixin private NewPassword password = new NewPassword();

  @Option(
      names = "--totp-file",
      paramLabel = "FILE",
      description =
          "The seed of one-time codes, an otpauth URI or base32, is the first line of this file.")
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
    apply(draft, around, false, false);
  }

  /**
   * The same.
   *
   * @param addsTags whether tags that were named are added to those that are there
   * @param addsUrls the same of URLs
   */
  void apply(SecretDraft draft, Surroundings around, boolean addsTags, boolean addsUrls) {
    if (user != null) {
      draft.login(user);
    }
    password
        .password(around)
        .ifPresent(chosen -> draft.newPassword(chosen, around.clock().instant()));
    if (totp != null) {
      draft.totp(seed(firstLine(totp, around)));
    }
    if (!urls.isEmpty()) {
      draft.urls(addsUrls ? plus(checked(draft).credentials().urls(), urls) : urls);
    }
    if (!tags.isEmpty()) {
      draft.tags(addsTags ? plus(checked(draft).label().tags(), tags) : tags);
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

  private static List<String> plus(List<String> there, List<String> named) {
    Set<String> all = new LinkedHashSet<>(there);
    all.addAll(named);
    return List.copyOf(all);
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

  /** A bare seed, as websites show it beside the picture, becomes the URI that is kept. */
  private static SecretText seed(String text) {
    if (text.strip().toLowerCase(Locale.ROOT).startsWith("otpauth:")) {
      return SecretText.of(text.strip());
    }
    try {
      return TotpSeed.ofBase32(text).toUri();
    } catch (MalformedException e) {
      throw new UserError("that is no seed of one-time codes: " + e.getMessage(), 2);
    }
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
    return firstLine(file.equals("-") ? typed(around.in()) : read(file, around)).strip();
  }

  /** One line of the input and no more: somebody at a terminal goes on to answer after it. */
  private static String typed(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        if (line.size() == FILE_BYTES_MAX) {
          throw new UserError("the input is too large", 2);
        }
        line.write(next);
      }
      return text(new ByteArrayInputStream(line.toByteArray()));
    } catch (IOException e) {
      throw new UserError("the input cannot be read", 2);
    }
  }

  /** As it is. Fails with {@link UserError}. */
  static String firstLine(String file, Surroundings around) {
    return firstLine(read(file, around));
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

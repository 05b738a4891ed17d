package dev.zamok.app.secret;

import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.json.Json;
import dev.zamok.secrets.generate.Characters;
import dev.zamok.secrets.generate.Generator;
import dev.zamok.secrets.generate.PassphraseRecipe;
import dev.zamok.secrets.generate.PasswordRecipe;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes passwords and passphrases. */
@Command(
    name = "generate",
    description =
        "Make a password, or with --words a passphrase. Nothing is stored, nothing is sent.",
    mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {
  private static final int COUNT_MAX = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Characters of a password, 8 to 256 (default: 21, about 128 bits).")
  private @Nullable Integer length;

  @Option(
      names = "--without",
      paramLabel = "CLASS",
      split = ",",
      description = "Leave out lower, upper, digit or symbol; may be repeated.")
  private List<String> without = new ArrayList<>();

  @Option(
      names = "--look-alikes",
      description = "Use characters too that people confuse, such as l and 1.")
  private boolean lookAlikes;

  @Option(
      names = "--words",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "6",
      description = "A passphrase of N words, 3 to 40 (default: 6, 77 bits).")
  private @Nullable Integer words;

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      description = "What stands between the words (default: a hyphen).")
  private @Nullable String separator;

  @Option(names = "--capitals", description = "Begin every word with a capital.")
  private boolean capitals;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--json",
      description = "One JSON object a line: \"password\", and \"bits\", what guessing it takes.")
  private boolean json;

  @Override
  public Integer call() {
    if (count < 1 || count > COUNT_MAX) {
      throw new ParameterException(spec.commandLine(), "--count is 1 to " + COUNT_MAX);
    }
    Generator generator = new Generator(new SecureRandom());
    Supplier<SecretText> make;
    int bits;
    if (words != null) {
      PassphraseRecipe recipe = passphrase(words);
      make = () -> generator.passphrase(recipe);
      bits = recipe.bits();
    } else {
      PasswordRecipe recipe = password();
      make = () -> generator.password(recipe);
      bits = recipe.bits();
    }
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < count; i++) {
      out.println(json ? line(make.get(), bits) : make.get().reveal());
    }
    out.flush();
    return 0;
  }

  private PassphraseRecipe passphrase(int words) {
    if (length != null || !without.isEmpty() || lookAlikes) {
      throw new ParameterException(
          spec.commandLine(), "--length, --without and --look-alikes are for passwords");
    }
    return checked(
        () -> new PassphraseRecipe(words, separator == null ? "-" : separator, capitals));
  }

  private PasswordRecipe password() {
    if (separator != null || capitals) {
      throw new ParameterException(
          spec.commandLine(), "--separator and --capitals are for passphrases: add --words");
    }
    Set<Characters> classes = EnumSet.allOf(Characters.class);
    for (String one : without) {
      if (!classes.removeIf(c -> c.name().equalsIgnoreCase(one))) {
        throw new ParameterException(
            spec.commandLine(), "--without takes lower, upper, digit and symbol, each once");
      }
    }
    int wanted = length == null ? PasswordRecipe.DEFAULT.length() : length;
    return checked(() -> new PasswordRecipe(wanted, classes, lookAlikes));
  }

  private <T> T checked(Supplier<T> recipe) {
    try {
      return recipe.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static String line(SecretText password, int bits) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("password", password.reveal());
    line.put("bits", bits);
    return new String(Json.write(line), StandardCharsets.UTF_8);
  }
}

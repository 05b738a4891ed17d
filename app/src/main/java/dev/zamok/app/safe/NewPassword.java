package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.generate.Generator;
import dev.zamok.secrets.generate.PassphraseRecipe;
import dev.zamok.secrets.generate.PasswordRecipe;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the password of a secret comes from: never from the command line, which all can see. */
final class NewPassword {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password is the first line of this file; - reads the input.")
  private @Nullable String file;

  @Option(names = "--ask", description = "Ask for the password at the terminal.")
  private boolean ask;

  @Option(
      names = "--generate",
      description = "Make a password of 21 characters; get --field password or copy gives it.")
  private boolean generate;

  @Option(names = "--generate-words", description = "Make one of six words.")
  private boolean words;

  /** Empty where none was named. Fails with {@link UserError}. */
  Optional<SecretText> password(Surroundings around) {
    if ((file == null ? 0 : 1) + (ask ? 1 : 0) + (generate ? 1 : 0) + (words ? 1 : 0) > 1) {
      throw new UserError(
          "one of --password-file, --ask, --generate and --generate-words, not several", 2);
    }
    if (file != null) {
      return Optional.of(SecretText.of(SecretOptions.firstLine(file, around)));
    }
    if (ask) {
      return Optional.of(SecretText.of(asked(around)));
    }
    Generator generator = new Generator(new SecureRandom());
    if (generate) {
      return Optional.of(generator.password(PasswordRecipe.DEFAULT));
    }
    return words ? Optional.of(generator.passphrase(PassphraseRecipe.DEFAULT)) : Optional.empty();
  }

  private static String asked(Surroundings around) {
    if (!around.asker().isThere()) {
      throw new UserError("nobody is there to ask: use --password-file", 2);
    }
    return new String(around.asker().secret("the password to keep"));
  }
}

package dev.zamok.app.secret;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.json.Json;
import dev.zamok.secrets.totp.TotpSeed;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The one-time code of a seed that is read from the input: arguments are for everybody to see. */
@Command(
    name = "totp",
    description =
        "Print the one-time code of a seed: an otpauth URI or base32, typed unseen or read from"
            + " standard input, never an argument.",
    mixinStandardHelpOptions = true)
public final class TotpCommand implements Callable<Integer> {
  private static final int INPUT_BYTES_MAX = 4_096;

  @Spec private CommandSpec spec;

  @Option(
      names = "--json",
      description = "A JSON object: \"code\", and \"seconds\", how long it stays right.")
  private boolean json;

  private final @Nullable Console console;
  private final InputStream in;
  private final Clock clock;

  @SuppressWarnings("SystemConsoleNull") // null again by the launcher's option
  public TotpCommand() {
    this(System.console(), System.in, Clock.systemUTC());
  }

  TotpCommand(@Nullable Console console, InputStream in, Clock clock) {
    this.console = console;
    this.in = in;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    TotpSeed seed = seed(read());
    Instant now = clock.instant();
    String code = seed.codeAt(now).reveal();
    long seconds = seed.leftAt(now).toMillis() / 1000;
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("code", code);
      line.put("seconds", seconds);
      code = new String(Json.write(line), StandardCharsets.UTF_8);
    }
    spec.commandLine().getOut().println(code);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static TotpSeed seed(String text) {
    try {
      return text.toLowerCase(Locale.ROOT).startsWith("otpauth:")
          ? TotpSeed.parse(SecretText.of(text))
          : TotpSeed.ofBase32(text);
    } catch (MalformedException e) {
      throw new UserError(e.getMessage());
    }
  }

  private String read() {
    if (console != null) {
      char @Nullable [] typed = console.readPassword("seed: ");
      if (typed == null) {
        throw new UserError("no seed");
      }
      return new String(typed).strip();
    }
    try {
      byte[] bytes = in.readNBytes(INPUT_BYTES_MAX);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UserError("standard input cannot be read");
    }
  }
}

package dev.zamok.app.ticket;

import dev.zamok.app.OwnerOnly;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.ticket.Algorithm;
import dev.zamok.protocol.ticket.TicketKeyMaker;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes the key that signs tickets, and the set of verifying keys that a hub needs. */
@Command(
    name = "keys",
    description =
        "Make a key pair for tickets: the private one to sign with, the public one for the hub.",
    mixinStandardHelpOptions = true)
public final class KeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--alg",
      paramLabel = "ALG",
      defaultValue = "EdDSA",
      converter = AlgorithmConverter.class,
      description = "EdDSA (default), ES256 or HS256. With HS256 the hub could sign tickets too.")
  private Algorithm algorithm;

  @Option(
      names = "--private",
      paramLabel = "FILE",
      defaultValue = "keys.private.jwks",
      description = "Where the signing key goes (default: ${DEFAULT-VALUE}).")
  private Path signing;

  @Option(
      names = "--public",
      paramLabel = "FILE",
      defaultValue = "keys.jwks",
      description = "Where the verifying key goes (default: ${DEFAULT-VALUE}).")
  private Path verifying;

  @Override
  public Integer call() {
    TicketKeyMaker.Made made = TicketKeyMaker.make(algorithm, new SecureRandom());
    OwnerOnly.newFile(signing, made.whole().getBytes(StandardCharsets.UTF_8));
    OwnerOnly.newFile(verifying, made.verifying().getBytes(StandardCharsets.UTF_8));
    PrintWriter out = spec.commandLine().getOut();
    out.println("signs tickets:    " + signing + "  (a secret)");
    out.println("for the hub:      " + verifying);
    return 0;
  }

  static final class AlgorithmConverter implements ITypeConverter<Algorithm> {
    @Override
    public Algorithm convert(String text) {
      try {
        return Algorithm.parse(text);
      } catch (MalformedException e) {
        throw new TypeConversionException("EdDSA, ES256 or HS256 is wanted");
      }
    }
  }
}

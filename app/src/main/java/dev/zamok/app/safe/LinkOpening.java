package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Sentences;
import dev.zamok.app.login.ServerChoice;
import dev.zamok.app.login.ServerOnce;
import dev.zamok.app.login.Surroundings;
import dev.zamok.app.login.TrustChoice;
import dev.zamok.app.login.Waiting;
import dev.zamok.client.LinkClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.SecretLink;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.protocol.Bytes;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Opens a link as nobody: no account, login or profile takes part, and the server is the one that
 * the link names. Fails with {@link UserError}.
 */
final class LinkOpening {
  private final ServerChoice choice;
  private final Surroundings around;
  private final CommandLine line;

  LinkOpening(ServerChoice choice, Surroundings around, CommandLine line) {
    this.choice = choice;
    this.around = around;
    this.line = line;
  }

  /**
   * What the link holds; that uses up a view.
   *
   * @param code asked once the server is known to be the right one; null where none is needed
   */
  Bytes take(SecretLink link, Supplier<@Nullable String> code) {
    if (choice.changesAccount()) {
      throw new ParameterException(
          line, "a link is opened without an account: there is nothing to register or recover");
    }
    requireSameServer(link);
    try (LinkClient client = new LinkClient(link.server(), trust(link))) {
      return content(link, new Waiting(link.server()), client.receive(link, code.get()));
    } catch (ClientProblem e) {
      throw Sentences.error(e, link.server());
    }
  }

  /** Whoever names a server does not want another one to be asked. */
  private void requireSameServer(SecretLink link) {
    boolean named = line.getParseResult().hasMatchedOption("--server");
    try {
      if (named && !link.isOf(choice.server())) {
        throw new UserError(
            "that link is of " + link.server() + ", not of " + choice.server() + ": not opened", 2);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
  }

  private ServerTrust trust(SecretLink link) {
    PrintWriter notes = line.getErr();
    TrustChoice trust;
    try {
      trust = choice.trust();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
    return new ServerOnce(link.server(), around.asker(), notes)
        .trust(trust, choice.namedProfile(around.home(), link.server()));
  }

  /** The content of what is received, or why there is none, in words about links. */
  static Bytes content(
      SecretLink link, Waiting waiting, CompletableFuture<Links.Received> received) {
    record Outcome(Links.@Nullable Received received, @Nullable ClientProblem problem) {}
    Outcome outcome =
        waiting.on(
            received.handle(
                (got, failure) ->
                    new Outcome(got, failure == null ? null : ClientProblem.in(failure))));
    Links.Received got = outcome.received();
    if (got != null) {
      return got.content();
    }
    ClientProblem problem = outcome.problem();
    if (problem == null) {
      throw new IllegalStateException("neither a secret nor why there is none");
    }
    throw told(link, waiting, problem);
  }

  private static UserError told(SecretLink link, Waiting waiting, ClientProblem problem) {
    return switch (problem.kind()) {
      case NOT_ALLOWED ->
          new UserError(
              (link.needsCode() ? "the code is wrong" : "the link is damaged")
                  + ", and the server has counted that: the fifth such try destroys what was sent",
              UserError.NOT_ALLOWED);
      case REFUSED ->
          problem.refusal().equals("not-found")
              ? new UserError(
                  "there is nothing to open at "
                      + link.server()
                      + ": it was opened already, taken back, destroyed by wrong codes, its time is"
                      + " over, or the link is damaged",
                  UserError.NOT_FOUND)
              : new UserError(String.valueOf(problem.getMessage()), 2);
      case UNAVAILABLE ->
          problem.outcomeUnknown()
              ? new UserError(
                  problem.getMessage() + ": the link may be used up by that, or not; try it again")
              : Sentences.error(problem, waiting.server());
      default -> Sentences.error(problem, waiting.server());
    };
  }
}

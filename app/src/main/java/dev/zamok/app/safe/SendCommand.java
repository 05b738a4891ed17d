package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.card.CardChoice;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.Safe;
import dev.zamok.protocol.Bytes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A copy of one secret, for whoever has the link. */
@Command(
    name = "send",
    description = {
      "Leave a copy of one secret for an account, or for whoever has the link that this prints.",
      "Whoever opens it last burns it. Hand a code over another channel than the link. sent takes it",
      "back by its id; the server tells nobody which links there are."
    },
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;
  @Spec private CommandSpec spec;

  @Mixin private SecretChoice which = new SecretChoice();

  @Option(
      names = "--views",
      paramLabel = "N",
      description = "How often it can be opened (default: ${DEFAULT-VALUE}).")
  private int views = 1;

  @Option(
      names = "--hours",
      paramLabel = "N",
      description = "How long it can be opened, at most 720 (default: ${DEFAULT-VALUE}).")
  private int hours = 24;

  @Option(names = "--code", description = "Make a code that is needed beside the link.")
  private boolean code;

  @Option(
      names = "--to",
      paramLabel = "LOGIN",
      description = "Seal it to this account, which takes it once; there is no link then.")
  private @Nullable String to;

  @Mixin private CardChoice card = new CardChoice();

  @Override
  public Integer call() {
    if (to != null && (code || views != 1)) {
      throw new ParameterException(spec.commandLine(), "--to goes without --code and --views");
    }
    Links.Terms terms;
    try {
      terms = new Links.Terms(views, Duration.ofHours(hours), code);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    return Objects.requireNonNull(parent).with(desk -> run(desk, terms));
  }

  private int run(Desk desk, Links.Terms terms) {
    Safe in = which.safe(desk);
    Desk.Found found = desk.opened(in, which.secret(desk, in));
    String recipient = to;
    if (recipient != null) {
      Contact contact = desk.agreed(card, recipient);
      Bytes id = desk.on(desk.all().parcels().send(contact, found.item().content(), terms.life()));
      desk.print(
          desk.json()
              ? JsonLines.write(
                  JsonLines.object("sent").put("to", recipient).put("id", id.toBase64Url()))
              : id.toBase64Url());
      return 0;
    }
    Links.Sent sent = desk.send(found.item().content(), terms);
    if (desk.json()) {
      ObjectNode line =
          JsonLines.object("sent")
              .put("id", sent.id().toBase64Url())
              .put("link", sent.link().toString());
      desk.print(JsonLines.write(sent.code() == null ? line : line.put("code", sent.code())));
      return 0;
    }
    desk.print(sent.link().toString());
    if (sent.code() != null) {
      desk.print("code: " + sent.code());
    }
    desk.note("sent --take-back " + sent.id().toBase64Url() + " takes it back");
    return 0;
  }
}

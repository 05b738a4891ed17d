package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.card.CardChoice;
import dev.zamok.app.chat.show.MemberLines;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.group.Group;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Let an account or a group into a safe, or change its role. */
@Command(
    name = "share",
    description = "Let an account or a group into a safe, or change its role.",
    mixinStandardHelpOptions = true)
final class ShareCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "LOGIN", description = "Whom.")
  private @Nullable String login;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "A group instead, by id, or by name if you administer it.")
  private @Nullable String group;

  @Mixin private RoleChoice role = new RoleChoice();

  @Mixin private CardChoice card = new CardChoice();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private Predicate<Contact> given(Desk desk, Whom whom, Safe in, Role given) {
    String name = whom.group();
    if (name == null) {
      String person = whom.person();
      // Who takes a right away needs to compare nothing; everybody else is agreed to first: to a
      // higher role, too, he may have been let in unseen, by whoever invited him.
      boolean lower =
          desk.on(in.members()).stream()
              .anyMatch(one -> isPerson(one.contact(), person) && isLower(given, one.role()));
      desk.on(in.sharing().share(lower ? desk.contact(person) : desk.agreed(card, person), given));
      return contact -> isPerson(contact, person);
    }
    Group shared = desk.group(name);
    desk.on(in.sharing().shareWithGroup(shared, given));
    return contact ->
        contact.isGroup() && contact.account().toBytes().equals(shared.id().toBytes());
  }

  private static boolean isLower(Role given, Role now) {
    return given != now && now.atLeast(given);
  }

  private static boolean isPerson(Contact contact, String login) {
    return !contact.isGroup() && contact.login().equals(login);
  }

  private int run(Desk desk) {
    Role given = role.role();
    Whom whom = new Whom(login, group);
    if (whom.group() != null && given.atLeast(Role.ADMIN)) {
      throw new UserError("a group reads or writes: a safe is administered by people", 2);
    }
    Safe in = desk.safeToChange(safe);
    Predicate<Contact> shared = given(desk, whom, in, given);
    desk.on(in.members()).stream()
        .filter(member -> shared.test(member.contact()))
        .forEach(member -> desk.print(MemberLines.member(member, desk.json())));
    return 0;
  }
}

package dev.zamok.app.group;

import dev.zamok.app.card.CardChoice;
import dev.zamok.client.group.Group;
import dev.zamok.crypto.chain.Role;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Add somebody to a group, or make a member an admin of it or one no more. */
@Command(
    name = "add",
    description = {
      "Add somebody to a group, or make a member an admin of it or one no more.",
      "Shows his fingerprint and asks first, but where he is to be an admin no more: he reads what the",
      "group reads from then on, and an admin adds others."
    },
    mixinStandardHelpOptions = true)
final class AddCommand implements Callable<Integer> {
  @ParentCommand private @Nullable GroupCommand parent;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Parameters(index = "1", paramLabel = "LOGIN", description = "Whom.")
  private String login = "";

  @Option(names = "--admin", description = "He may add and remove others.")
  private boolean admin;

  @Mixin private CardChoice card = new CardChoice();

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(GroupDesk desk) {
    Group to = desk.group(group);
    // Who takes a right away needs to compare nothing; everybody else is agreed to first: he reads
    // what the group reads from then on, or adds others.
    boolean lower =
        !admin
            && desk.on(to.members()).stream()
                .anyMatch(
                    member ->
                        member.contact().login().equals(login)
                            && member.role().atLeast(Role.ADMIN));
    desk.on(to.add(lower ? desk.contact(login) : desk.agreed(card, login), admin));
    desk.on(to.members()).stream()
        .filter(member -> member.contact().login().equals(login))
        .forEach(desk::print);
    return 0;
  }
}

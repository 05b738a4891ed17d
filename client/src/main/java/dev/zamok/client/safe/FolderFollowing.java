package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets folders with rights of their own follow the members of their safe. Belongs to the client's
 * loop.
 *
 * <p>Who is who, the account says, not the card: keys may have been replaced in the safe and not
 * yet in a folder.
 */
final class FolderFollowing {
  private final SafeTree tree;

  FolderFollowing(SafeTree tree) {
    this.tree = tree;
  }

  /** Whoever is not in the safe is out of that folder; its admins administer it. */
  static CompletableFuture<Void> follow(SafeTree to, RoomEngine engine) {
    return to.root()
        .engine()
        .people()
        .members()
        .thenCompose(
            safe ->
                engine.people().members().thenCompose(inFolder -> follow(engine, safe, inFolder)));
  }

  private static CompletableFuture<Void> follow(
      RoomEngine engine, List<RoomMember> safe, List<RoomMember> inFolder) {
    Map<Contact, @Nullable Role> changes = new LinkedHashMap<>();
    Set<Who> stay = new HashSet<>();
    safe.stream().filter(RoomMember::isIn).forEach(member -> stay.add(Who.of(member)));
    for (RoomMember member : inFolder) {
      if (!stay.contains(Who.of(member)) && !member.self()) {
        changes.put(member.contact(), null);
      }
    }
    safe.forEach(member -> follow(changes, inFolder, member));
    return put(engine, changes);
  }

  /** Whoever a member is by whichever card. No account stays for a group that is called like it. */
  private record Who(boolean group, AccountId account) {
    static Who of(RoomMember member) {
      return new Who(member.contact().isGroup(), member.contact().account());
    }
  }

  /** What a role in the safe means for one of its folders, where it is not so already. */
  private static void follow(
      Map<Contact, @Nullable Role> changes, List<RoomMember> inFolder, RoomMember inSafe) {
    if (inSafe.contact().isGroup()) {
      // It has no right to a folder but what it was given there.
      return;
    }
    Role has = Role.NONE;
    boolean formerKeys = false;
    for (RoomMember member : inFolder) {
      if (isOf(inSafe.contact().account(), member)) {
        has = member.role();
        formerKeys = !member.contact().fingerprint().equals(inSafe.contact().fingerprint());
      }
    }
    Role due = due(inSafe.role(), has);
    if (due != has || (formerKeys && has != Role.NONE && inSafe.isIn())) {
      changes.put(inSafe.contact(), due == Role.NONE ? null : due);
    }
  }

  private static Role due(Role inSafe, Role has) {
    boolean admin = inSafe.administers();
    return switch (has) {
      case NONE -> admin ? Role.STEWARD : Role.NONE;
      case STEWARD -> admin ? Role.STEWARD : Role.NONE;
      case WRITER -> admin ? Role.ADMIN : Role.WRITER;
      case ADMIN -> admin ? Role.ADMIN : Role.WRITER;
      case READER, OWNER -> has;
    };
  }

  static boolean isOf(AccountId account, RoomMember member) {
    return !member.contact().isGroup() && member.contact().account().equals(account);
  }

  private static CompletableFuture<Void> put(
      RoomEngine engine, Map<Contact, @Nullable Role> changes) {
    return changes.isEmpty() ? settled() : engine.folders().put(changes);
  }

  /** After a role in the safe has changed, in every folder that this member administers. */
  CompletableFuture<Void> roleChanged(AccountId account) {
    return tree.look()
        .thenCompose(
            view ->
                tree.root()
                    .engine()
                    .people()
                    .members()
                    .thenCompose(
                        safe ->
                            Futures.each(
                                administered(view), engine -> follow(engine, account, safe))));
  }

  private static CompletableFuture<Void> follow(
      RoomEngine engine, AccountId account, List<RoomMember> safe) {
    return engine
        .people()
        .members()
        .thenCompose(
            inFolder -> {
              Map<Contact, @Nullable Role> changes = new LinkedHashMap<>();
              safe.stream()
                  .filter(member -> isOf(account, member))
                  .forEach(member -> follow(changes, inFolder, member));
              return put(engine, changes);
            });
  }

  static List<RoomEngine> administered(SafeView view) {
    return view.engines().values().stream()
        .filter(engine -> engine.people().personalRole().administers())
        .toList();
  }

  private static CompletableFuture<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }
}

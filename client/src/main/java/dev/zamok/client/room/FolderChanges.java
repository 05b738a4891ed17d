package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainFolder;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ChildAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is signed in one room about folders: its own, and its place when it is one. Belongs to the
 * client's loop.
 *
 * <p>Fails with {@code NOT_ALLOWED} for what this member may not do.
 */
public final class FolderChanges {
  private final ChainChanges changes;
  private final ChainKeeper chains;

  FolderChanges(ChainChanges changes, ChainKeeper chains) {
    this.changes = changes;
    this.chains = chains;
  }

  /** Lists a folder in this room, unless it is listed already; yields what the chain says of it. */
  public CompletableFuture<ChainFolder> list(RoomId folder, ChainHead head) {
    return changes
        .change(
            (draft, name) -> {
              if (draft.chain().folder(folder) == null) {
                draft.propose(new ChainOp.Child(folder, ChildAct.ADD, head));
              }
            })
        .thenCompose(done -> chains.sync())
        .thenApply(
            chain -> {
              ChainFolder listed = chain.folder(folder);
              if (listed == null) {
                throw ClientProblem.tampered("a folder that was listed is not in the chain");
              }
              return listed;
            });
  }

  /** Takes a folder from the list of this room; does nothing when it is not there. */
  public CompletableFuture<Void> unlist(RoomId folder) {
    return changes
        .change(
            (draft, name) -> {
              if (draft.chain().folder(folder) != null) {
                draft.propose(new ChainOp.Child(folder, ChildAct.REMOVE, ChainHead.NONE));
              }
            })
        .thenApply(done -> null);
  }

  /** Says that this folder lies in {@code parent} now, under that name. */
  public CompletableFuture<Void> moveTo(RoomId parent, ChainHead added, String newName) {
    return changes
        .change(
            (draft, name) -> {
              if (!added.equals(draft.chain().movedBy())) {
                draft.propose(new ChainOp.Parent(parent, added));
                if (changes.mayRenew(draft)) {
                  draft.generation(name);
                }
                changes.requireSealable(draft);
                draft.name(name == null ? 1 : name.version() + 1, newName);
              }
            })
        .thenApply(done -> null);
  }

  /**
   * Several members at once, with at most one new secret.
   *
   * @param roles null for who is to be out; groups only go, see {@link RoomPeople#putGroup}
   */
  public CompletableFuture<Void> put(Map<Contact, @Nullable Role> roles) {
    return changes
        .change(
            (draft, name) -> {
              Set<Fingerprint> newcomers = new LinkedHashSet<>();
              roles.forEach(
                  (contact, role) -> {
                    if (contact.isGroup()) {
                      requireOut(role);
                      putOut(draft, contact);
                      return;
                    }
                    // Who has other keys now is out by those before, in the same request.
                    changes
                        .formerCards(draft.chain(), contact)
                        .forEach(card -> draft.propose(new ChainOp.Remove(card)));
                    if (put(draft, contact.fingerprint(), role)) {
                      newcomers.add(contact.fingerprint());
                    }
                  });
              changes.welcome(draft, name, newcomers);
            })
        .thenApply(done -> null);
  }

  private static void requireOut(@Nullable Role role) {
    if (role != null) {
      throw new IllegalArgumentException("a group among people");
    }
  }

  /** By whichever card it is there now: a stale one was just renewed in the same draft. */
  private static void putOut(Draft draft, Contact group) {
    draft.chain().groups().stream()
        .filter(here -> Contact.ofGroup(here).account().equals(group.account()))
        .forEach(here -> draft.propose(new ChainOp.Remove(here.card().fingerprint())));
  }

  /** Yields whether he reads from here on and did not before. */
  private static boolean put(Draft draft, Fingerprint who, @Nullable Role role) {
    ChainMember member = draft.chain().member(who);
    boolean read = draft.chain().role(who).atLeast(Role.READER);
    if (role == null) {
      if (member != null) {
        draft.propose(new ChainOp.Remove(who));
      }
    } else if (member == null || member.role() != role) {
      draft.propose(new ChainOp.Member(who, role, member == null ? draft.newTag() : member.tag()));
    }
    return !read && draft.chain().role(who).atLeast(Role.READER);
  }

  /** Puts everybody out, oneself last: nobody opens this room any more. */
  public CompletableFuture<Void> dissolve() {
    return changes
        .change(
            (draft, name) -> {
              Fingerprint self = changes.own();
              List<ChainMember> members = new ArrayList<>(draft.chain().members());
              for (ChainMember member : members) {
                if (!member.fingerprint().equals(self)) {
                  draft.propose(new ChainOp.Remove(member.fingerprint()));
                }
              }
              draft.propose(new ChainOp.Remove(self));
            })
        .thenApply(done -> null);
  }
}

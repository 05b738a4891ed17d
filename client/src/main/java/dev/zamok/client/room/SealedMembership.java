package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** In sealed rooms a member signs each change. */
final class SealedMembership implements Membership {
  private final ChainChanges changes;
  private final RoomGroups groups;
  private final OwnKeys own;

  SealedMembership(ChainChanges changes, RoomGroups groups, OwnKeys own) {
    this.changes = changes;
    this.groups = groups;
    this.own = own;
  }

  @Override
  public CompletableFuture<Void> put(Contact contact, Role role) {
    Fingerprint who = contact.fingerprint();
    return changes
        .change(
            (draft, name) -> {
              ChainMember member = draft.chain().member(who);
              boolean same =
                  member != null && member.role() == role && draft.chain().proposal(who) == null;
              // Who has other keys now is out by those before, in the same request.
              List<Fingerprint> former = changes.formerCards(draft.chain(), contact);
              former.forEach(card -> draft.propose(new ChainOp.Remove(card)));
              if (same && former.isEmpty()) {
                return;
              }
              if (!same) {
                draft.propose(
                    new ChainOp.Member(who, role, member == null ? draft.newTag() : member.tag()));
              }
              boolean read = member != null && member.role().atLeast(Role.READER);
              boolean reads = draft.chain().role(who).atLeast(Role.READER);
              changes.welcome(draft, name, reads && !read ? List.of(who) : List.of());
            })
        .thenApply(done -> null);
  }

  /** Makes a group that was followed a reader or writer, by its newest card. */
  CompletableFuture<Void> putGroup(RoomId group, Role role) {
    return changes
        .change(
            (draft, name) -> {
              boolean was = groupIn(draft.chain(), group) != null;
              groups.join(draft, group, role);
              ChainGroup now = groupIn(draft.chain(), group);
              if (draft.chain().owesGeneration()) {
                draft.generation(name);
              } else if (!was && now != null) {
                draft.wrapFor(now.card().fingerprint());
              }
            })
        .thenApply(done -> null);
  }

  /**
   * Shuts a group out, with the new secret if this member may make it. Fails with {@code REFUSED}
   * ({@code not-found}).
   */
  CompletableFuture<Void> removeGroup(RoomId group) {
    return changes
        .change(
            (draft, name) -> {
              ChainGroup member = groupIn(draft.chain(), group);
              if (member == null) {
                throw ClientProblem.refused(Kind.REFUSED, "not-found", "no such group in here", 0);
              }
              draft.propose(new ChainOp.Remove(member.card().fingerprint()));
              if (changes.mayRenew(draft)) {
                draft.generation(name);
              }
            })
        .thenApply(done -> null);
  }

  private static @Nullable ChainGroup groupIn(RoomChain chain, RoomId group) {
    return chain.groups().stream()
        .filter(member -> member.group().equals(group))
        .findFirst()
        .orElse(null);
  }

  @Override
  public CompletableFuture<Void> remove(Contact contact) {
    return changes
        .change(
            (draft, name) -> {
              changes
                  .formerCards(draft.chain(), contact)
                  .forEach(card -> draft.propose(new ChainOp.Remove(card)));
              draft.propose(new ChainOp.Remove(contact.fingerprint()));
              if (changes.mayRenew(draft)) {
                draft.generation(name);
              }
            })
        .thenApply(done -> null);
  }

  /**
   * The next secret is for others to make. It takes no secret to leave: whoever put the account in
   * may have given it none. Who is there by several of his cards leaves by each of them.
   */
  @Override
  public CompletableFuture<Void> leave() {
    AtomicBoolean more = new AtomicBoolean();
    return changes
        .changeWithoutSecret(
            (draft, name) -> {
              Fingerprint self = changes.own();
              more.set(
                  draft.chain().members().stream()
                      .map(ChainMember::fingerprint)
                      .anyMatch(member -> own.has(member) && !member.equals(self)));
              draft.propose(new ChainOp.Remove(self));
            })
        .thenCompose(done -> more.get() ? leave() : CompletableFuture.<Void>completedFuture(null));
  }

  @Override
  public CompletableFuture<Void> rename(String name) {
    return changes.rename(name);
  }

  @Override
  public CompletableFuture<Boolean> makeOwed(boolean authorityAsks) {
    return changes.change(
        (draft, name) -> {
          RoomChain chain = draft.chain();
          Role own = chain.role(changes.own());
          boolean may =
              chain.owesGeneration()
                  ? own.atLeast(Role.WRITER)
                  : authorityAsks && own.atLeast(Role.ADMIN);
          if (may) {
            draft.generation(name);
          }
        });
  }
}

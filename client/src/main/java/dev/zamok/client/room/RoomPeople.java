package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.protocol.RoomId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Who is in a room, one by one and as groups, and the changes of that. Opens the room where it has
 * to. Belongs to the client's loop.
 */
public final class RoomPeople {
  private final Surroundings around;
  private final RoomParts parts;
  private final Supplier<CompletableFuture<Void>> open;
  private final Runnable changed;

  /**
   * @param open knows the members, verified
   * @param changed told after each change, once it is known here
   */
  RoomPeople(
      Surroundings around,
      RoomParts parts,
      Supplier<CompletableFuture<Void>> open,
      Runnable changed) {
    this.around = around;
    this.parts = parts;
    this.open = open;
    this.changed = changed;
  }

  /** Present members, verified, and those who wait to be let in. */
  public CompletableFuture<List<RoomMember>> members() {
    return open.get()
        .thenCompose(done -> parts.roster.refresh())
        .thenCompose(done -> parts.roster.members());
  }

  /**
   * Lets in those who accepted an invitation, as far as this member may and the chain is known;
   * yields whom.
   */
  public CompletableFuture<List<RoomMember>> admit() {
    SealedParts sealed = parts.sealed;
    return sealed == null
        ? CompletableFuture.completedFuture(List.of())
        : open.get().thenCompose(done -> sealed.admission.consider());
  }

  /** Does that, and lets nobody in meanwhile, whoever accepted an invitation. */
  public <T> CompletableFuture<T> admittingNobody(Supplier<CompletableFuture<T>> step) {
    SealedParts sealed = parts.sealed;
    return sealed == null ? step.get() : sealed.admission.held(step);
  }

  /** One's own, or that of a group one is in, whichever gives more. */
  public Role role() {
    return parts.roster.ownRole();
  }

  /** One's own alone: groups decide nothing. */
  public Role personalRole() {
    SealedParts sealed = parts.sealed;
    return sealed == null ? role() : sealed.personalRole();
  }

  /** Adds a member, or changes the role of one. */
  public CompletableFuture<Void> put(Contact contact, Role role) {
    return change(() -> parts.membership.put(contact, role));
  }

  /** The present member of that name. Fails with {@code REFUSED} ({@code not-found}). */
  public CompletableFuture<Contact> member(String login) {
    return findMember(login)
        .thenApply(
            member ->
                member.orElseThrow(
                    () ->
                        ClientProblem.refused(
                            Kind.REFUSED, "not-found", "no member of that name", 0)));
  }

  /** The present member of that name. */
  public CompletableFuture<Optional<Contact>> findMember(String login) {
    return members()
        .thenApply(
            members ->
                members.stream()
                    .map(RoomMember::contact)
                    .filter(contact -> !contact.isGroup() && contact.login().equals(login))
                    // Who replaced his keys may be there by both cards for a moment.
                    .max(Comparator.comparingInt(contact -> contact.card().seq())));
  }

  /** Removes a member and makes the secret that he does not get, in one request. */
  public CompletableFuture<Void> remove(Contact contact) {
    return change(() -> parts.membership.remove(contact));
  }

  /**
   * Makes a group a reader or writer of this room, or changes which of the two. Fails with {@code
   * NOT_ALLOWED} where it is not in the room and this account is not in it.
   */
  public CompletableFuture<Void> putGroup(RoomId group, Role role) {
    return around
        .groups()
        .chain(group)
        .sync()
        .thenCompose(
            chain ->
                requireFitting(chain)
                    .thenCompose(
                        done ->
                            change(
                                () -> {
                                  requireMayBring(group, chain);
                                  return parts.sealed("groups").membership.putGroup(group, role);
                                })));
  }

  /** The authority wants it so: nobody lends out a group of others. */
  private void requireMayBring(RoomId group, RoomChain chain) {
    if (!hasGroup(group) && !around.groups().isIn(chain)) {
      throw ClientProblem.of(Kind.NOT_ALLOWED, "only who is in a group brings it in");
    }
  }

  private CompletableFuture<Void> requireFitting(RoomChain group) {
    ChainGroup newest = group.groupCard(group.generation());
    return newest == null
        ? CompletableFuture.completedFuture(null)
        : around
            .groups()
            .fits(newest)
            .thenAccept(
                fits -> {
                  if (!fits) {
                    throw ClientProblem.tampered("the card of a group is not that of its secret");
                  }
                });
  }

  /** Shuts a group out and makes the secret that it does not get. */
  public CompletableFuture<Void> removeGroup(RoomId group) {
    return change(() -> parts.sealed("groups").membership.removeGroup(group));
  }

  /**
   * Renews the room's secret where a group has other members now, if this member may; yields
   * whether anything is still owed.
   */
  public CompletableFuture<Boolean> settleGroups() {
    SealedParts sealed = parts.sealed;
    return sealed == null
        ? CompletableFuture.completedFuture(false)
        : open.get().thenCompose(done -> sealed.settleGroups());
  }

  /** Whether a group is a member. */
  public boolean hasGroup(RoomId group) {
    return parts.sealed != null
        && parts.sealed.groups.present().stream().anyMatch(g -> g.group().equals(group));
  }

  /** The groups in here by which somebody reads, whatever he is in here himself. */
  public CompletableFuture<List<RoomId>> groupsOf(Contact contact) {
    SealedParts sealed = parts.sealed;
    if (sealed == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    RoomGroups groups = sealed.groups;
    return groups.sync().thenApply(chain -> groups.through(contact));
  }

  private CompletableFuture<Void> change(Supplier<CompletableFuture<Void>> change) {
    return open.get()
        .thenCompose(done -> change.get())
        .thenCompose(done -> parts.roster.refresh())
        .thenRun(changed);
  }
}

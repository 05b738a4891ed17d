package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.GroupBook;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.key.SecretKeeper;
import dev.zamok.client.key.ServedStatements;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What only a sealed room has, put together. Belongs to the client's loop. */
final class SealedParts {
  final ChainKeeper chains;
  final SecretKeeper secrets;
  final RoomGroups groups;
  final SealedName name;
  final SealedMembership membership;
  final Readmitting readmitting;
  final SealedItems items;
  final SealedInvites invites;
  final FolderChanges folders;
  final Admission admission;
  private final OwnKeys own;

  SealedParts(Surroundings around, Answers.Room view, RoomPins pins) {
    own = around.own();
    GroupBook book = around.groups();
    boolean group = view.kind() == RoomKind.GROUP;
    boolean keepsItems = view.kind() == RoomKind.SAFE || view.kind() == RoomKind.FOLDER;
    RoomCache cache = keepsItems ? around.caches().room(view.room()) : null;
    chains = group ? book.chain(view.room()) : chain(around, view, pins, cache);
    secrets =
        group
            ? book.secrets(view.room())
            : new SecretKeeper(
                view.room(), own, around.authority(), around.directory(), chains, book);
    groups = new RoomGroups(chains, book, around.directory(), own);
    name = new SealedName(around.directory(), chains, secrets);
    Supplier<Draft.Signer> signer = () -> around.signer(own.in(chains.chain()));
    ChainChanges changes =
        new ChainChanges(
            around.authority(),
            around.directory(),
            new ChainChanges.Known(chains, secrets, name, groups),
            signer);
    membership = new SealedMembership(changes, groups, own);
    readmitting = new Readmitting(chains, changes, membership, around.directory(), own);
    folders = new FolderChanges(changes, chains);
    invites =
        new SealedInvites(
            around.authority().sharing(), around.directory(), chains, signer, changes);
    admission = new Admission(chains, around.directory(), changes, signer);
    items =
        new SealedItems(
            around.authority(),
            chains,
            secrets,
            new SealedItems.Reading(
                new ItemReader(around.authority(), chains, secrets, around.loop()), cache),
            new SealedItems.Writing(() -> around.signer(groups.acting()), changes, membership),
            groups);
  }

  private static ChainKeeper chain(
      Surroundings around, Answers.Room view, RoomPins pins, @Nullable RoomCache cache) {
    ServedStatements served = new ServedStatements(view.room(), around.authority());
    return new ChainKeeper(view.room(), served, around.directory(), around.loop(), pins, cache);
  }

  /** Null before the chain is there. */
  @Nullable Fingerprint creator() {
    RoomChain chain = chains.chain();
    return chain == null ? null : chain.byTag(chain.room().tag());
  }

  Role personalRole() {
    RoomChain chain = chains.chain();
    return chain == null ? Role.NONE : chain.role(own.in(chain).fingerprint());
  }

  /**
   * Fails with {@code TAMPERED} where the authority describes the room otherwise than its chain.
   */
  void requireSame(Answers.Room view) {
    RoomChain chain = chains.chain();
    if (chain == null) {
      return;
    }
    if (chain.kind() != view.kind() || chain.history() != view.history()) {
      throw ClientProblem.tampered("the server describes a room otherwise than its chain");
    }
    ChainMember member = chain.member(own.in(chain).fingerprint());
    // A group may have been renewed since the server described the room: by a former card, too. So
    // may this account.
    Fingerprint named = chain.byTag(view.tag());
    boolean other = named != null && (chain.group(named) != null || own.has(named));
    if (member != null && !member.tag().equals(view.tag()) && !other) {
      throw ClientProblem.tampered("the server names another tag than the chain");
    }
  }

  /**
   * What members can do about groups without being asked: a safe's admin takes in the newest
   * generation, and whoever is in a group makes the one that it owes. Another one may well be
   * first.
   */
  CompletableFuture<Void> renewGroups() {
    if (!groups.canRenew() && !owesAsGroup()) {
      return CompletableFuture.completedFuture(null);
    }
    return membership
        .makeOwed(false)
        .handle(
            (made, failure) -> {
              if (failure != null && ClientProblem.in(failure).isLoud()) {
                throw ClientProblem.in(failure);
              }
              return null;
            });
  }

  private boolean owesAsGroup() {
    RoomChain chain = chains.chain();
    return chain != null
        && chain.kind() == RoomKind.GROUP
        && chain.owesGeneration()
        && groups.role().atLeast(Role.WRITER);
  }

  /**
   * Renews the room's secret where a group has other members now, if this member may; yields
   * whether anything is still owed.
   */
  CompletableFuture<Boolean> settleGroups() {
    return groups
        .sync()
        .thenCompose(
            chain ->
                groups.canRenew()
                    ? membership.makeOwed(false).thenCompose(made -> groups.sync())
                    : CompletableFuture.completedFuture(chain))
        .thenApply(chain -> groups.isStale());
  }
}

package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.GroupBook;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.RoomId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups that are members of one sealed room, and as whom this account acts there: by itself,
 * or as a group where that gives it more. Belongs to the client's loop.
 *
 * <p>A group that is in the room by another card than the newest of its own chain, or that owes a
 * generation, is <em>stale</em>: somebody who is out of it knows the keys. Nothing is sealed for
 * it.
 */
final class RoomGroups {
  private static final Logger LOG = LoggerFactory.getLogger(RoomGroups.class);

  private final ChainKeeper chains;
  private final GroupBook book;
  private final Directory directory;
  private final OwnKeys self;
  private final Set<Fingerprint> told = new HashSet<>();
  private Map<Fingerprint, Now> groups = Map.of();

  RoomGroups(ChainKeeper chains, GroupBook book, Directory directory, OwnKeys self) {
    this.chains = chains;
    this.book = book;
    this.directory = directory;
    this.self = self;
  }

  /**
   * A group in the room.
   *
   * @param chain the group's own
   * @param keys null when the account is not in it, or does not act as it
   * @param fits false when this account knows that the newest card is not that of its secret
   */
  private record Now(ChainGroup here, RoomChain chain, @Nullable Identity keys, boolean fits) {
    boolean isStale() {
      return chain.owesGeneration() || chain.generation() != here.g();
    }

    boolean isRenewable() {
      return isStale() && !chain.owesGeneration() && fits;
    }
  }

  /**
   * The room's chain with everything there is now, after the chains of its groups were followed and
   * compared with it. Fails like {@link ChainKeeper#sync}, for each of them.
   */
  CompletableFuture<RoomChain> sync() {
    return chains
        .sync()
        .thenCompose(
            chain -> {
              Map<Fingerprint, Now> seen = new LinkedHashMap<>();
              return Futures.each(
                      chain.groups(),
                      group ->
                          look(group).thenAccept(now -> seen.put(group.card().fingerprint(), now)))
                  .thenApply(
                      done -> {
                        groups = seen;
                        return chain;
                      });
            });
  }

  private CompletableFuture<Now> look(ChainGroup here) {
    return book.follow(here, chains.room())
        .thenCompose(
            chain ->
                book.isIn(chain)
                    ? keys(here)
                        .thenCompose(
                            keys ->
                                fits(here, chain)
                                    .thenApply(fits -> new Now(here, chain, keys, fits)))
                    : CompletableFuture.completedFuture(new Now(here, chain, null, true)));
  }

  private CompletableFuture<Boolean> fits(ChainGroup here, RoomChain chain) {
    ChainGroup newest = chain.groupCard(chain.generation());
    return newest == null || newest.g() == here.g()
        ? CompletableFuture.completedFuture(true)
        : book.fits(newest);
  }

  /**
   * Null where the secret of a group is not given to this member, or not the right one: whoever put
   * him into the group wrapped it, and must not close to him the rooms that the group is in.
   */
  private CompletableFuture<@Nullable Identity> keys(ChainGroup here) {
    return book.keys(here)
        .handle(
            (keys, failure) -> {
              if (failure == null) {
                return keys;
              }
              boolean tampered = ClientProblem.is(failure, Kind.TAMPERED);
              if (tampered && told.add(here.card().fingerprint())) {
                LOG.warn("group {} gave this account a secret that is not its own", here.group());
              }
              if (tampered || ClientProblem.is(failure, Kind.NOT_ALLOWED)) {
                return null;
              }
              throw ClientProblem.in(failure);
            });
  }

  /** Whether one of them is stale, as of the last {@link #sync}. */
  boolean isStale() {
    return groups.values().stream().anyMatch(Now::isStale);
  }

  /** Whether this account can do something about it. */
  boolean canRenew() {
    RoomChain chain = chains.chain();
    return chain != null
        && chain.role(self.in(chain).fingerprint()).atLeast(Role.ADMIN)
        && groups.values().stream().anyMatch(Now::isRenewable);
  }

  /** Fails with {@code GENERATION_OWED} while a group that is in {@code chain} is stale. */
  void requireCurrent(RoomChain chain) {
    for (ChainGroup group : chain.groups()) {
      RoomChain own = book.chain(group.group()).chain();
      if (own == null || own.owesGeneration() || own.generation() != group.g()) {
        throw ClientProblem.of(
            Kind.GENERATION_OWED,
            "a group of this room has other members now, and an admin must renew the room's secret");
      }
    }
  }

  /**
   * Puts the newest generation of each stale group that has one in the place of the former. The
   * room owes a generation then.
   */
  void renew(Draft draft) {
    for (ChainGroup here : draft.chain().groups()) {
      RoomChain own = book.chain(here.group()).chain();
      ChainMember member = draft.chain().member(here.card().fingerprint());
      Now now = groups.get(here.card().fingerprint());
      if (now != null && !now.fits()) {
        continue;
      }
      if (own != null && member != null && !own.owesGeneration() && own.generation() > here.g()) {
        draft.propose(new ChainOp.Remove(member.fingerprint()));
        join(draft, own, member.role());
      }
    }
  }

  /** Adds a group whose chain was followed, by the newest of its cards; or changes its role. */
  void join(Draft draft, RoomId group, Role role) {
    RoomChain own = book.chain(group).chain();
    if (own == null || own.owesGeneration()) {
      throw ClientProblem.of(
          Kind.GENERATION_OWED, "somebody left the group, and its new secret is not made yet");
    }
    join(draft, own, role);
  }

  private static void join(Draft draft, RoomChain own, Role role) {
    ChainGroup newest = own.groupCard(own.generation());
    if (newest == null) {
      throw ClientProblem.tampered("a group without a card");
    }
    ChainMember same = draft.chain().member(newest.card().fingerprint());
    if (same != null && same.role() == role) {
      return;
    }
    draft.propose(
        new ChainOp.GroupMember(
            newest.group(),
            newest.statement(),
            ChainOp.GroupCard.of(newest.card()),
            role,
            same == null ? draft.newTag() : same.tag()));
  }

  /** As whom this account acts, as of the last {@link #sync}. */
  Identity acting() {
    RoomChain chain = chains.chain();
    Identity best = self.in(chain);
    if (chain != null) {
      for (Now now : groups.values()) {
        Identity keys = now.keys();
        if (keys != null
            && isMore(chain.role(keys.fingerprint()), chain.role(best.fingerprint()))) {
          best = keys;
        }
      }
    }
    return best;
  }

  private static boolean isMore(Role role, Role than) {
    return role != than && role.atLeast(than);
  }

  Role role() {
    RoomChain chain = chains.chain();
    return chain == null ? Role.NONE : chain.role(acting().fingerprint());
  }

  /** Who has or had that card here; null for nobody this client met. */
  @Nullable Contact contact(Fingerprint fingerprint) {
    RoomChain chain = chains.chain();
    ChainGroup group = chain == null ? null : chain.group(fingerprint);
    return group == null ? directory.contact(fingerprint) : Contact.ofGroup(group);
  }

  /** The groups by which somebody reads here, as of the last {@link #sync}. */
  List<RoomId> through(Contact who) {
    return groups.values().stream()
        .filter(now -> now.chain().members().stream().anyMatch(member -> reads(member, who)))
        .map(now -> now.here().group())
        .toList();
  }

  /** By whichever of his cards: he may have replaced his keys since. */
  private boolean reads(ChainMember member, Contact who) {
    Contact known = directory.contact(member.fingerprint());
    boolean same =
        member.fingerprint().equals(who.fingerprint())
            || (known != null && known.account().equals(who.account()));
    return same && member.role().atLeast(Role.READER);
  }

  /**
   * Whether somebody reads or ever read here, himself or through a group. Through a former one
   * whose chain this client does not know, anybody may have.
   */
  boolean everRead(Fingerprint who) {
    RoomChain chain = chains.chain();
    return chain != null
        && (chain.hadRoleSince(who, Role.READER, 0)
            || chain.everyGroup().stream()
                .map(group -> book.chain(group).chain())
                .anyMatch(group -> group == null || group.hadRoleSince(who, Role.READER, 0)));
  }

  /** The newest own keys that read or ever read here; others would take those of nobody. */
  Identity reader() {
    return self.all().stream()
        .filter(one -> everRead(one.fingerprint()))
        .findFirst()
        .orElse(self.newest());
  }

  /** The groups there are, as of the last {@link #sync}. */
  List<ChainGroup> present() {
    return groups.values().stream().map(Now::here).toList();
  }
}

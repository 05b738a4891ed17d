package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.SecretKeeper;
import dev.zamok.client.loop.Serial;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainGroup;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.RoomInfo;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * In sealed rooms a member signs each change. When somebody else was first, the change is drafted
 * again on what the chain has become.
 */
final class SealedMembership implements Membership {
  static final int ATTEMPTS_MAX = 4;

  /** Invitations that are withdrawn along with one new secret. */
  private static final int WITHDRAWN_MAX = 50;

  private final SessionApi authority;
  private final Directory directory;
  private final ChainKeeper chains;
  private final SecretKeeper secrets;
  private final Supplier<Draft.Signer> signer;
  private final RoomGroups groups;
  private final Serial serial = new Serial();

  SealedMembership(
      SessionApi authority,
      Directory directory,
      ChainKeeper chains,
      SecretKeeper secrets,
      Supplier<Draft.Signer> signer,
      RoomGroups groups) {
    this.authority = authority;
    this.directory = directory;
    this.chains = chains;
    this.secrets = secrets;
    this.signer = signer;
    this.groups = groups;
  }

  private RoomId room() {
    return chains.room();
  }

  @Override
  public CompletableFuture<Void> put(Contact contact, Role role) {
    Fingerprint who = contact.fingerprint();
    return change(
            (draft, name) -> {
              ChainMember member = draft.chain().member(who);
              boolean same =
                  member != null && member.role() == role && draft.chain().proposal(who) == null;
              if (same) {
                return;
              }
              draft.propose(
                  new ChainOp.Member(who, role, member == null ? draft.newTag() : member.tag()));
              boolean read = member != null && member.role().atLeast(Role.READER);
              boolean reads = draft.chain().role(who).atLeast(Role.READER);
              welcome(draft, name, reads && !read ? List.of(who) : List.of());
            })
        .thenApply(done -> null);
  }

  /** The secret for those who read from now on: a new one for all where that is owed. */
  void welcome(Draft draft, @Nullable RoomInfo name, Collection<Fingerprint> newcomers) {
    if (mayRenew(draft)) {
      draft.generation(name);
    } else {
      newcomers.forEach(draft::wrapFor);
    }
  }

  private Fingerprint own() {
    return signer.get().self().fingerprint();
  }

  /** Makes a group that was followed a reader or writer, by its newest card. */
  CompletableFuture<Void> putGroup(RoomId group, Role role) {
    return change(
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

  /** Shuts a group out, with the new secret. Fails with {@code REFUSED} ({@code not-found}). */
  CompletableFuture<Void> removeGroup(RoomId group) {
    return change(
            (draft, name) -> {
              ChainGroup member = groupIn(draft.chain(), group);
              if (member == null) {
                throw ClientProblem.refused(Kind.REFUSED, "not-found", "no such group in here", 0);
              }
              draft.propose(new ChainOp.Remove(member.card().fingerprint()));
              if (draft.chain().owesGeneration()) {
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
    return change(
            (draft, name) -> {
              draft.propose(new ChainOp.Remove(contact.fingerprint()));
              if (mayRenew(draft)) {
                draft.generation(name);
              }
            })
        .thenApply(done -> null);
  }

  /**
   * Whether a new secret is owed and this member makes it; a steward, who must not know it, leaves
   * it to others.
   */
  boolean mayRenew(Draft draft) {
    Fingerprint self = signer.get().self().fingerprint();
    return draft.chain().owesGeneration() && draft.chain().role(self).atLeast(Role.WRITER);
  }

  /**
   * The next secret is for others to make. It takes no secret to leave: whoever put the account in
   * may have given it none.
   */
  @Override
  public CompletableFuture<Void> leave() {
    Fingerprint self = own();
    return serial
        .run(() -> attempt((draft, name) -> draft.propose(new ChainOp.Remove(self)), false, 1))
        .thenApply(done -> null);
  }

  @Override
  public CompletableFuture<Void> rename(String name) {
    return serial.run(
        () ->
            draft(true)
                .thenCompose(
                    ready -> {
                      requireSealable(ready.draft());
                      RoomInfo before = ready.name();
                      ready.draft().name(before == null ? 1 : before.version() + 1, name);
                      Bytes info = ready.draft().extension().info();
                      if (info == null) {
                        throw new IllegalStateException("draft without the name it was given");
                      }
                      return authority.putInfo(room(), info);
                    }));
  }

  /**
   * Fails with {@code GENERATION_OWED} where somebody who is out knows the newest secret, or a
   * group that it is wrapped for has other members now.
   */
  void requireSealable(Draft draft) {
    if (draft.chain().owesGeneration()) {
      throw ClientProblem.of(
          Kind.GENERATION_OWED, "somebody left, and the new secret is not made yet");
    }
    groups.requireCurrent(draft.chain());
  }

  @Override
  public CompletableFuture<Boolean> makeOwed(boolean authorityAsks) {
    return change(
        (draft, name) -> {
          RoomChain chain = draft.chain();
          Role own = chain.role(own());
          boolean may =
              chain.owesGeneration()
                  ? own.atLeast(Role.WRITER)
                  : authorityAsks && own.atLeast(Role.ADMIN);
          if (may) {
            draft.generation(name);
          }
        });
  }

  /** The name of the room; null when it has none or it cannot be read. */
  CompletableFuture<@Nullable RoomInfo> name(@Nullable Bytes stored) {
    if (stored == null) {
      return CompletableFuture.completedFuture(null);
    }
    int g;
    try {
      g = RoomInfo.generationOf(stored);
    } catch (MalformedException e) {
      throw ClientProblem.tampered("the name of a room breaks its format");
    }
    return chains
        .atLeast(1)
        .thenCompose(chain -> chain.generation(g) == null ? chains.sync() : chains.atLeast(1))
        .thenCompose(chain -> secrets.secret(g).thenApply(secret -> open(chain, secret, stored)))
        .exceptionally(
            failure -> {
              if (ClientProblem.is(failure, Kind.NOT_ALLOWED)) {
                return null;
              }
              throw ClientProblem.in(failure);
            });
  }

  private RoomInfo open(RoomChain chain, RoomSecret secret, Bytes stored) {
    try {
      RoomInfo info = RoomInfo.open(secret, directory, stored);
      ChainGeneration generation = chain.generation(secret.g());
      boolean member =
          chain.role(info.author()).atLeast(Role.WRITER)
              || (generation != null
                  && chain.roleAt(info.author(), generation.index()).atLeast(Role.WRITER));
      if (member) {
        return info;
      }
    } catch (CryptoFailure e) {
      throw ClientProblem.tampered("the name of a room does not verify");
    }
    throw ClientProblem.tampered("the name of a room is a stranger's");
  }

  /** Runs a change of the chain when no other of this client is under way. */
  <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> step) {
    return serial.run(step);
  }

  private record Ready(Draft draft, @Nullable RoomInfo name) {}

  interface Change {
    void draft(Draft draft, @Nullable RoomInfo name);
  }

  CompletableFuture<Boolean> change(Change change) {
    return serial.run(() -> attempt(change, true, 1));
  }

  /**
   * One attempt.
   *
   * @param renews whether stale groups are renewed along with it, as far as this member may, and
   *     the secret made that is owed for the change; without, the draft has no secret
   */
  private CompletableFuture<Boolean> attempt(Change change, boolean renews, int attempt) {
    return draft(renews)
        .thenCompose(
            ready -> {
              Draft draft = ready.draft();
              int before = draft.chain().generation();
              Set<Fingerprint> readers = readers(draft.chain());
              if (renews && draft.chain().role(own()).atLeast(Role.ADMIN)) {
                groups.renew(draft);
              }
              change.draft(draft, ready.name());
              if (draft.isEmpty()) {
                return CompletableFuture.completedFuture(false);
              }
              // The authority wants it in the request that shuts a reader out, and then whatever
              // groups there are: nothing is sealed under it before they are current.
              boolean shutsOut = !readers(draft.chain()).containsAll(readers);
              boolean made = draft.chain().generation() > before;
              if (renews && shutsOut && !made && mayRenew(draft)) {
                draft.generation(ready.name());
              } else if (made && !shutsOut) {
                groups.requireCurrent(draft.chain());
              }
              if (draft.chain().generation() > before) {
                withdrawWhatIsOver(draft);
              }
              return extend(draft.extension(), 1).thenCompose(taken -> after(draft));
            })
        .exceptionallyCompose(
            failure -> {
              boolean again =
                  ClientProblem.isRefusal(failure, "chain-conflict") && attempt < ATTEMPTS_MAX;
              return again
                  ? attempt(change, renews, attempt + 1)
                  : CompletableFuture.failedFuture(ClientProblem.unwrap(failure));
            });
  }

  /** Who has the code of an invitation that is over cannot ask by it any more. */
  private void withdrawWhatIsOver(Draft draft) {
    Draft.Signer now = signer.get();
    if (draft.chain().role(now.self().fingerprint()).atLeast(Role.ADMIN)) {
      draft.chain().invites().stream()
          .filter(invite -> invite.expiryMillis() < now.timeMillis())
          .limit(WITHDRAWN_MAX)
          .forEach(invite -> draft.propose(new ChainOp.Invite(invite.key(), Role.NONE, 0)));
    }
  }

  private static Set<Fingerprint> readers(RoomChain chain) {
    return chain.members().stream()
        .filter(member -> member.role().atLeast(Role.READER))
        .map(ChainMember::fingerprint)
        .collect(Collectors.toSet());
  }

  /** The authority takes one and the same request once, however often it is sent. */
  private CompletableFuture<Answers.Room> extend(SessionApi.Extension extension, int attempt) {
    return authority
        .extend(room(), extension)
        .exceptionallyCompose(
            failure ->
                ClientProblem.in(failure).outcomeUnknown() && attempt < ATTEMPTS_MAX
                    ? extend(extension, attempt + 1)
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }

  /**
   * A draft on the chain as it is now.
   *
   * @param seals whether it may make secrets, wraps and names
   */
  private CompletableFuture<Ready> draft(boolean seals) {
    return groups.sync().thenCompose(chain -> seals ? sealing(chain) : signing());
  }

  private CompletableFuture<Ready> signing() {
    Draft draft = new Draft(chains.copy(), directory, signer.get(), null);
    return CompletableFuture.completedFuture(new Ready(draft, null));
  }

  private CompletableFuture<Ready> sealing(RoomChain chain) {
    return newestSecret(chain)
        .thenCompose(
            secret ->
                authority
                    .room(room())
                    .thenApply(Answers.Room::info)
                    .thenCompose(this::name)
                    .thenApply(
                        name ->
                            new Ready(
                                new Draft(chains.copy(), directory, signer.get(), secret), name)));
  }

  /** Null for a steward. */
  private CompletableFuture<@Nullable RoomSecret> newestSecret(RoomChain chain) {
    boolean steward = chain.role(signer.get().self().fingerprint()) == Role.STEWARD;
    return steward
        ? CompletableFuture.completedFuture(null)
        : secrets.secret(chain.generation()).thenApply(secret -> secret);
  }

  private CompletableFuture<Boolean> after(Draft draft) {
    RoomSecret made = draft.secretIfAny();
    if (made != null) {
      secrets.made(made);
    }
    return chains
        .sync()
        .thenApply(chain -> true)
        .exceptionally(
            failure -> {
              // Whoever left sees the chain no more.
              if (ClientProblem.in(failure).isLoud()) {
                throw ClientProblem.in(failure);
              }
              return true;
            });
  }
}

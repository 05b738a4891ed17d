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
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.RoomInfo;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signed changes of one sealed room, one at a time. When somebody else was first, a change is
 * drafted again on what the chain has become; whatever is owed for it goes in the same request.
 * Belongs to the client's loop.
 */
final class ChainChanges {
  static final int ATTEMPTS_MAX = 4;

  /** Invitations that are withdrawn along with one new secret. */
  private static final int WITHDRAWN_MAX = 50;

  private final SessionApi authority;
  private final Directory directory;
  private final Known room;
  private final Supplier<Draft.Signer> signer;
  private final Serial serial = new Serial();

  ChainChanges(
      SessionApi authority, Directory directory, Known room, Supplier<Draft.Signer> signer) {
    this.authority = authority;
    this.directory = directory;
    this.room = room;
    this.signer = signer;
  }

  /** The room, as this client follows it. */
  record Known(ChainKeeper chains, SecretKeeper secrets, SealedName name, RoomGroups groups) {}

  Fingerprint own() {
    return signer.get().self().fingerprint();
  }

  /** What is proposed, with the name of the room to be sealed under a new secret. */
  interface Change {
    void draft(Draft draft, @Nullable RoomInfo name);
  }

  /** Yields whether there was anything to change. */
  CompletableFuture<Boolean> change(Change change) {
    return serial.run(() -> attempt(change, true, 1));
  }

  /** As {@link #change}, by somebody who may not know the secret: it makes none. */
  CompletableFuture<Boolean> changeWithoutSecret(Change change) {
    return serial.run(() -> attempt(change, false, 1));
  }

  /**
   * Whether a new secret is owed and this member makes it; a steward, who must not know it, leaves
   * it to others.
   */
  boolean mayRenew(Draft draft) {
    return draft.chain().owesGeneration() && draft.chain().role(own()).atLeast(Role.WRITER);
  }

  /** Cards by which the same account is in the room beside this one: it has replaced its keys. */
  List<Fingerprint> formerCards(RoomChain chain, Contact contact) {
    return chain.members().stream()
        .map(ChainMember::fingerprint)
        .filter(member -> !member.equals(contact.fingerprint()))
        .filter(
            member -> {
              Contact known = room.groups().contact(member);
              return known != null && !known.isGroup() && known.account().equals(contact.account());
            })
        .toList();
  }

  /** The secret for those who read from now on: a new one for all where that is owed. */
  void welcome(Draft draft, @Nullable RoomInfo name, Collection<Fingerprint> newcomers) {
    if (mayRenew(draft)) {
      draft.generation(name);
    } else {
      newcomers.forEach(draft::wrapFor);
    }
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
    room.groups().requireCurrent(draft.chain());
  }

  /** Seals a name for the room. */
  CompletableFuture<Void> rename(String name) {
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
                      return authority.putInfo(room.chains().room(), info);
                    }));
  }

  /** Runs a change of the chain when no other of this client is under way. */
  <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> step) {
    return serial.run(step);
  }

  private record Ready(Draft draft, @Nullable RoomInfo name) {}

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
                room.groups().renew(draft);
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
                room.groups().requireCurrent(draft.chain());
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
        .extend(room.chains().room(), extension)
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
    return room.groups().sync().thenCompose(chain -> seals ? sealing(chain) : signing());
  }

  private CompletableFuture<Ready> signing() {
    Draft draft = new Draft(room.chains().copy(), directory, signer.get(), null);
    return CompletableFuture.completedFuture(new Ready(draft, null));
  }

  private CompletableFuture<Ready> sealing(RoomChain chain) {
    return newestSecret(chain)
        .thenCompose(
            secret ->
                authority
                    .room(room.chains().room())
                    .thenApply(Answers.Room::info)
                    .thenCompose(room.name()::of)
                    .thenApply(
                        name ->
                            new Ready(
                                new Draft(room.chains().copy(), directory, signer.get(), secret),
                                name)));
  }

  /** Null for a steward. */
  private CompletableFuture<@Nullable RoomSecret> newestSecret(RoomChain chain) {
    boolean steward = chain.role(signer.get().self().fingerprint()) == Role.STEWARD;
    return steward
        ? CompletableFuture.completedFuture(null)
        : room.secrets().secret(chain.generation()).thenApply(secret -> secret);
  }

  private CompletableFuture<Boolean> after(Draft draft) {
    RoomSecret made = draft.secretIfAny();
    if (made != null) {
      room.secrets().made(made);
    }
    return room.chains()
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

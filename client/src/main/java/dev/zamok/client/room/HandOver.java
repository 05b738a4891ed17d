package dev.zamok.client.room;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.SecretKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainAcceptance;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.room.Wrap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the secret of a sealed room to those who came in by an invitation: an admin's client does
 * it, whichever looks first. It goes to members of the verified chain alone, and by itself only
 * while the invitation would still hold: an acceptance says its own time, and who has the code
 * could have dated it back. Later an admin hands it over on purpose. Belongs to the client's loop.
 */
final class HandOver {
  private final SharingApi authority;
  private final Directory directory;
  private final ChainKeeper chains;
  private final SecretKeeper secrets;
  private final Supplier<Draft.Signer> signer;
  private final Set<Given> given = new HashSet<>();
  private @Nullable CompletableFuture<Void> running;

  HandOver(
      SharingApi authority,
      Directory directory,
      ChainKeeper chains,
      SecretKeeper secrets,
      Supplier<Draft.Signer> signer) {
    this.authority = authority;
    this.directory = directory;
    this.chains = chains;
    this.secrets = secrets;
    this.signer = signer;
  }

  private record Given(Fingerprint member, int g) {}

  /** Does what is to be done; fails loudly only. */
  CompletableFuture<Void> consider() {
    CompletableFuture<Void> current = running;
    if (current != null && !current.isDone()) {
      return current;
    }
    List<Fingerprint> waiting = waiting(signer.get().timeMillis());
    if (waiting.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> started =
        give(waiting)
            .exceptionally(
                failure -> {
                  ClientProblem problem = ClientProblem.in(failure);
                  if (problem.isLoud()) {
                    throw problem;
                  }
                  // Somebody else may do it, or this one the next time.
                  return null;
                });
    running = started;
    return started;
  }

  /** To one member, on purpose. */
  CompletableFuture<Void> to(Fingerprint member) {
    return give(List.of(member));
  }

  private List<Fingerprint> waiting(long nowMillis) {
    RoomChain chain = chains.chain();
    List<Fingerprint> waiting = new ArrayList<>();
    if (chain == null || chain.owesGeneration()) {
      return waiting;
    }
    ChainGeneration newest = chain.generation(chain.generation());
    boolean may = chain.role(signer.get().self().fingerprint()).atLeast(Role.ADMIN);
    if (newest == null || !may) {
      return waiting;
    }
    for (ChainMember member : chain.members()) {
      ChainAcceptance came = chain.acceptance(member.fingerprint());
      if (came != null
          && came.index() > newest.index()
          && came.expiryMillis() >= nowMillis
          && member.role().atLeast(Role.READER)
          && !given.contains(new Given(member.fingerprint(), newest.g()))) {
        waiting.add(member.fingerprint());
      }
    }
    return waiting;
  }

  private CompletableFuture<Void> give(List<Fingerprint> waiting) {
    return authority
        .wantedWraps(chains.room())
        .thenCompose(
            wanted -> {
              List<Fingerprint> both = waiting.stream().filter(wanted::contains).toList();
              RoomChain chain = chains.chain();
              if (chain == null || both.isEmpty()) {
                note(waiting);
                return CompletableFuture.completedFuture(null);
              }
              return secrets
                  .secret(chain.generation())
                  .thenCompose(secret -> authority.giveWraps(chains.room(), wraps(secret, both)))
                  .thenRun(() -> note(waiting));
            });
  }

  private void note(List<Fingerprint> members) {
    RoomChain chain = chains.chain();
    if (chain != null) {
      members.forEach(member -> given.add(new Given(member, chain.generation())));
    }
  }

  private List<SessionApi.NewWrap> wraps(RoomSecret secret, List<Fingerprint> members) {
    RoomChain chain = chains.chain();
    ChainGeneration generation = chain == null ? null : chain.generation(secret.g());
    if (chain == null || generation == null) {
      throw new IllegalStateException("a secret without its generation");
    }
    List<SessionApi.NewWrap> wraps = new ArrayList<>();
    for (Fingerprint member : members) {
      Card card = directory.byFingerprint(member);
      if (card == null || !chain.role(member).atLeast(Role.READER)) {
        throw ClientProblem.tampered("the card of a member is not served");
      }
      Draft.Signer self = signer.get();
      wraps.add(
          new SessionApi.NewWrap(
              secret.g(),
              member,
              Wrap.seal(secret, generation.statement(), card, self.self(), self.random())));
    }
    return wraps;
  }
}

package dev.zamok.client.room;

import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainAcceptance;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets in those who accepted an invitation: an admin's client does it, whichever looks first. Until
 * then they are nobody, in the chain and for every client. By itself it lets in only while the
 * invitation would still hold by its own clock: an acceptance says its own time, and who has the
 * code could have dated it back, with a server that does not mind. Later an admin does it on
 * purpose. Belongs to the client's loop.
 */
final class Admission {
  private final ChainKeeper chains;
  private final ChainChanges changes;
  private final Supplier<Draft.Signer> signer;
  private @Nullable CompletableFuture<Void> running;

  Admission(ChainKeeper chains, ChainChanges changes, Supplier<Draft.Signer> signer) {
    this.chains = chains;
    this.changes = changes;
    this.signer = signer;
  }

  /** Does what is to be done; fails loudly only. */
  CompletableFuture<Void> consider() {
    CompletableFuture<Void> current = running;
    if (current != null && !current.isDone()) {
      return current;
    }
    RoomChain chain = chains.chain();
    if (chain == null || waiting(chain).isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> started =
        changes
            .change(
                (draft, name) -> {
                  List<Fingerprint> in = new ArrayList<>();
                  for (ChainOp.Member op : waiting(draft.chain())) {
                    draft.propose(op);
                    in.add(op.member());
                  }
                  changes.welcome(draft, name, in);
                })
            .handle(
                (done, failure) -> {
                  // Somebody else may do it, or this one the next time.
                  if (failure != null && ClientProblem.in(failure).isLoud()) {
                    throw ClientProblem.in(failure);
                  }
                  return null;
                });
    running = started;
    return started;
  }

  /** What is to be said of each, if this account is the one to say it. */
  private List<ChainOp.Member> waiting(RoomChain chain) {
    Role own = chain.role(signer.get().self().fingerprint());
    long now = signer.get().timeMillis();
    List<ChainOp.Member> waiting = new ArrayList<>();
    for (ChainMember member : chain.members()) {
      ChainAcceptance came = chain.waitsBy(member.fingerprint());
      if (came != null
          && came.expiryMillis() >= now
          && own.atLeast(Role.ADMIN)
          && own.atLeast(came.role())) {
        waiting.add(new ChainOp.Member(member.fingerprint(), came.role(), member.tag()));
      }
    }
    return waiting;
  }
}

package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who has replaced his keys and administers a room admits himself anew, in two requests, since one
 * has one author: by the former keys he adds the newest card in the former role, by the newest he
 * removes the former cards and makes the secret that their keys do not open. What stops between the
 * two goes on with the second. Belongs to the client's loop.
 */
final class Readmitting {
  private final ChainKeeper chains;
  private final ChainChanges changes;
  private final SealedMembership membership;
  private final Directory directory;
  private final OwnKeys own;

  Readmitting(
      ChainKeeper chains,
      ChainChanges changes,
      SealedMembership membership,
      Directory directory,
      OwnKeys own) {
    this.chains = chains;
    this.changes = changes;
    this.membership = membership;
    this.directory = directory;
    this.own = own;
  }

  /** Fails as any change of a chain does. */
  CompletableFuture<Readmission> readmit() {
    return chains
        .sync()
        .thenCompose(
            chain -> {
              if (own.formerIn(chain).isEmpty()) {
                return CompletableFuture.completedFuture(Readmission.NOTHING);
              }
              Role role = chain.role(changes.own());
              // Of a room of two no third is a member, not even for a moment: the other does it.
              if (!role.administers() || chain.kind() == RoomKind.DIRECT) {
                return CompletableFuture.completedFuture(Readmission.WAITS);
              }
              return enter(role)
                  .thenCompose(done -> membership.put(self(), role))
                  .thenApply(done -> Readmission.DONE);
            });
  }

  /** By the former keys, unless that was done before. */
  private CompletableFuture<Boolean> enter(Role role) {
    Fingerprint newest = own.newest().fingerprint();
    return changes.change(
        (draft, name) -> {
          RoomChain chain = draft.chain();
          if (chain.role(newest) != Role.NONE) {
            return;
          }
          ChainMember waiting = chain.member(newest);
          draft.propose(
              new ChainOp.Member(newest, role, waiting == null ? draft.newTag() : waiting.tag()));
          changes.welcome(draft, name, role.atLeast(Role.READER) ? List.of(newest) : List.of());
        });
  }

  private Contact self() {
    Contact self = directory.contact(own.newest().fingerprint());
    if (self == null) {
      throw ClientProblem.tampered("this account does not know its own card");
    }
    return self;
  }
}

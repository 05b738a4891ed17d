package dev.zamok.client.room;

import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.InviteCode;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.concurrent.CompletableFuture;

/**
 * Enters a sealed room by an invitation. The code says which room is meant: its key is bound to the
 * room and stands in the chain, so no server can lead somebody elsewhere. Belongs to the client's
 * loop.
 */
public final class Acceptance {
  private static final int ATTEMPTS_MAX = 4;

  private final Surroundings around;

  public Acceptance(Surroundings around) {
    this.around = around;
  }

  /**
   * Completes when the chain has the acceptance, or the account is a member already. An admin's
   * client lets it in. Fails with {@code REFUSED} ({@code not-found}) for an invitation that is
   * used, withdrawn, over, or another code's.
   */
  public CompletableFuture<Void> accept(RoomId room, int index, InviteCode code) {
    SharingApi sharing = around.authority().sharing();
    SigningKey key = code.key(room);
    Bytes proof = key.sign(ChainOp.Accept.proof(room, index, around.self().fingerprint()));
    ChainKeeper chains =
        new ChainKeeper(
            room,
            from -> sharing.invitedStatements(room, index, proof, from),
            around.directory(),
            around.loop(),
            around.profile().room(room),
            null);
    Invitation invitation = new Invitation(sharing, chains, index, key, proof);
    return around
        .authority()
        .room(room)
        .thenApply(view -> true)
        .exceptionally(
            failure -> {
              if (ClientProblem.isRefusal(failure, "not-found")
                  || ClientProblem.is(failure, Kind.NOT_ALLOWED)) {
                return false;
              }
              throw ClientProblem.in(failure);
            })
        .thenCompose(
            inside ->
                inside ? CompletableFuture.<Void>completedFuture(null) : attempt(invitation, 1))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(inWords(failure)));
  }

  private record Invitation(
      SharingApi sharing, ChainKeeper chains, int index, SigningKey key, Bytes proof) {}

  private CompletableFuture<Void> attempt(Invitation to, int attempt) {
    return to.chains()
        .sync()
        .thenCompose(
            chain -> {
              requireThere(chain, to);
              Draft draft =
                  new Draft(to.chains().copy(), around.directory(), around.signer(), null);
              Statement statement =
                  draft.propose(new ChainOp.Accept(to.index(), draft.newTag(), to.proof()));
              return SealedInvites.again(
                  () -> to.sharing().accept(to.chains().room(), to.index(), statement.encoded()),
                  1);
            })
        .exceptionallyCompose(
            failure ->
                ClientProblem.isRefusal(failure, "chain-conflict") && attempt < ATTEMPTS_MAX
                    ? attempt(to, attempt + 1)
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }

  /** The server showed a chain: it must be the one in which somebody with this code invited. */
  private void requireThere(RoomChain chain, Invitation to) {
    boolean there =
        chain.invites().stream()
            .anyMatch(
                invite ->
                    invite.index() == to.index() && invite.key().equals(to.key().publicKey()));
    if (!there) {
      throw notThere();
    }
  }

  private static Throwable inWords(Throwable failure) {
    return ClientProblem.isRefusal(failure, "not-found")
            || ClientProblem.isRefusal(failure, "chain-invalid")
        ? notThere()
        : ClientProblem.unwrap(failure);
  }

  private static ClientProblem notThere() {
    return ClientProblem.refused(
        Kind.REFUSED,
        "not-found",
        "there is no open invitation for this code: it may be used (then an admin must let in who"
            + " used it), withdrawn or over",
        0);
  }
}

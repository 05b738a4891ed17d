package dev.zamok.client.room;

import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.ChainInvite;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.InviteCode;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.identity.VerifyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Invitations into one sealed room. What is open, the verified chain says; the authority adds the
 * addresses that letters went to. Belongs to the client's loop.
 */
public final class SealedInvites {
  private static final int ATTEMPTS_MAX = 4;

  private final SharingApi authority;
  private final Directory directory;
  private final ChainKeeper chains;
  private final Supplier<Draft.Signer> signer;
  private final ChainChanges changes;

  SealedInvites(
      SharingApi authority,
      Directory directory,
      ChainKeeper chains,
      Supplier<Draft.Signer> signer,
      ChainChanges changes) {
    this.authority = authority;
    this.directory = directory;
    this.chains = chains;
    this.signer = signer;
    this.changes = changes;
  }

  /**
   * An invitation as its maker sees it once.
   *
   * @param code to be told over another channel than the letter; kept nowhere
   * @param letter {@code none}, {@code sent}, {@code kept} or {@code failed}
   */
  public record Made(int index, InviteCode code, String letter) {
    @Override
    public String toString() {
      return "Made[" + index + "]";
    }
  }

  /**
   * One that is open.
   *
   * @param email as the authority says; null where no letter was asked for
   * @param inviter null for somebody whose card is not served
   */
  public record Open(
      ChainInvite invite, @Nullable String email, boolean sent, @Nullable Contact inviter) {
    @Override
    public String toString() {
      return "Open[" + invite.index() + "]";
    }
  }

  /** Fails with {@code NOT_ALLOWED} when this member may not. */
  public CompletableFuture<Made> invite(Role role, long expiryMillis, @Nullable String email) {
    InviteCode code = InviteCode.generate(signer.get().random());
    VerifyKey key = code.key(chains.room()).publicKey();
    return change(
        chain -> new ChainOp.Invite(key, role, expiryMillis),
        statement ->
            authority
                .invite(chains.room(), statement.encoded(), email)
                .thenApply(letter -> new Made(statement.index(), code, letter)));
  }

  /** Fails with {@code REFUSED} ({@code not-found}) when there is none that is open. */
  public CompletableFuture<Void> withdraw(int index) {
    return change(
        chain -> new ChainOp.Invite(of(chain, index).key(), Role.NONE, 0),
        statement -> authority.withdraw(chains.room(), index, statement.encoded()));
  }

  private ChainInvite of(RoomChain chain, int index) {
    return chain.invites().stream()
        .filter(invite -> invite.index() == index)
        .findFirst()
        .orElseThrow(
            () ->
                ClientProblem.refused(
                    Kind.REFUSED, "not-found", "no such invitation is open" + waiting(chain), 0));
  }

  /** By whom it may have been accepted: he is let in unless somebody says no. */
  private String waiting(RoomChain chain) {
    List<String> logins = new ArrayList<>();
    for (ChainMember member : chain.members()) {
      Contact contact = directory.contact(member.fingerprint());
      if (chain.waitsBy(member.fingerprint()) != null && contact != null) {
        logins.add(contact.login());
      }
    }
    return logins.isEmpty()
        ? ""
        : "; revoke whom you do not mean of those who wait to be let in: "
            + String.join(", ", logins);
  }

  /** Those that are over by this client's clock are left out. */
  public CompletableFuture<List<Open>> open() {
    return chains
        .sync()
        .thenCompose(
            chain ->
                authority
                    .invitations(chains.room())
                    .thenApply(
                        known -> {
                          Map<Integer, SharingApi.RoomInvitation> letters = new HashMap<>();
                          known.forEach(one -> letters.put(one.invite(), one));
                          List<Open> open = new ArrayList<>();
                          for (ChainInvite invite : chain.invites()) {
                            if (invite.expiryMillis() >= signer.get().timeMillis()) {
                              open.add(open(invite, letters.get(invite.index())));
                            }
                          }
                          return open;
                        }));
  }

  private Open open(ChainInvite invite, SharingApi.@Nullable RoomInvitation letter) {
    return new Open(
        invite,
        letter == null ? null : letter.email(),
        letter != null && letter.sent(),
        directory.contact(invite.inviter()));
  }

  private <T> CompletableFuture<T> change(
      Function<RoomChain, ChainOp> op, Function<Statement, CompletableFuture<T>> send) {
    return changes.inTurn(() -> attempt(op, send, 1));
  }

  private <T> CompletableFuture<T> attempt(
      Function<RoomChain, ChainOp> op,
      Function<Statement, CompletableFuture<T>> send,
      int attempt) {
    return chains
        .sync()
        .thenCompose(
            chain -> {
              Draft draft = new Draft(chains.copy(), directory, signer.get(), null);
              Statement statement = draft.propose(op.apply(chain));
              return again(() -> send.apply(statement), 1);
            })
        .exceptionallyCompose(
            failure ->
                ClientProblem.isRefusal(failure, "chain-conflict") && attempt < ATTEMPTS_MAX
                    ? attempt(op, send, attempt + 1)
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }

  /** The authority takes one and the same request once, however often it is sent. */
  static <T> CompletableFuture<T> again(Supplier<CompletableFuture<T>> request, int attempt) {
    return request
        .get()
        .exceptionallyCompose(
            failure ->
                ClientProblem.in(failure).outcomeUnknown() && attempt < ATTEMPTS_MAX
                    ? again(request, attempt + 1)
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }
}

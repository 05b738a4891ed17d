package dev.zamok.client.authority;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Invitations into sealed rooms, and copies of single secrets for accounts. Contract and failures
 * as for {@link SessionApi}.
 */
public interface SharingApi {
  /** What became of the letter: {@code none}, {@code sent}, {@code kept} or {@code failed}. */
  CompletableFuture<String> invite(RoomId room, Bytes statement, @Nullable String email);

  CompletableFuture<Void> withdraw(RoomId room, int invite, Bytes statement);

  CompletableFuture<Void> accept(RoomId room, int invite, Bytes statement);

  /** The chain, for whoever has the code. Fails with {@code not-found} for everybody else. */
  CompletableFuture<Answers.Statements> invitedStatements(
      RoomId room, int invite, Bytes proof, int from);

  /** Shows the token of the letter. */
  CompletableFuture<Void> claim(RoomId room, int invite, Bytes token);

  CompletableFuture<List<RoomInvitation>> invitations(RoomId room);

  CompletableFuture<List<OwnInvitation>> invitations();

  CompletableFuture<Void> putParcel(Bytes id, NewParcel parcel);

  CompletableFuture<Parcels> parcels();

  /** Takes it: it is gone from the server. */
  CompletableFuture<OpenedParcel> openParcel(Bytes id);

  CompletableFuture<Void> revokeParcel(Bytes id);

  /**
   * What the authority knows of an open invitation beside the chain.
   *
   * @param email null where no letter was asked for
   */
  record RoomInvitation(int invite, @Nullable String email, boolean sent) {
    @Override
    public String toString() {
      return "RoomInvitation[" + invite + "]";
    }
  }

  /** An invitation whose letter this account has shown. */
  record OwnInvitation(RoomId room, int invite, String inviter, long expiryMillis) {}

  record NewParcel(AccountId recipient, long expiryMillis, Bytes sealed) {}

  record WaitingParcel(Bytes id, Fingerprint sender, long sentMillis, long expiryMillis) {}

  record SentParcel(Bytes id, AccountId recipient, long expiryMillis) {}

  record Parcels(List<WaitingParcel> received, List<SentParcel> sent) {}

  record OpenedParcel(Fingerprint sender, long expiryMillis, Bytes sealed) {}
}

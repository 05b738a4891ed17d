package dev.zamok.client.safe;

import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.PinnedCard;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.parcel.Parcel;
import dev.zamok.crypto.parcel.ParcelAddress;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies of single secrets, sealed to one account and taken once. Thread-safe; see {@link
 * dev.zamok.client.ZamokClient} for threads and failures.
 */
public final class Parcels {
  /** Of a content, in bytes. */
  public static final int CONTENT_BYTES_MAX = Parcel.CONTENT_BYTES_MAX;

  public static final Duration LIFE_MAX = Duration.ofDays(30);

  private static final int ATTEMPTS_MAX = 4;

  private final Surroundings around;

  Parcels(Surroundings around) {
    this.around = around;
  }

  /**
   * One that waits for this account.
   *
   * @param sender whose card the server says it is; it is proved when the copy is taken
   */
  public record Waiting(Bytes id, Contact sender, long sentMillis, long expiryMillis) {}

  /**
   * One of this account that was not taken yet.
   *
   * @param recipient null for somebody this device never met
   */
  public record Sent(Bytes id, @Nullable String recipient, long expiryMillis) {}

  /** Both lists. */
  public record Pending(List<Waiting> received, List<Sent> sent) {}

  /** What was in it, and who signed for it. */
  public record Received(Bytes content, Contact sender) {
    @Override
    public String toString() {
      return "Received[" + sender + "]";
    }
  }

  /** Seals a copy to the card of {@code to}; yields its id. */
  public CompletableFuture<Bytes> send(Contact to, Bytes content, Duration life) {
    if (life.isNegative() || life.isZero() || life.compareTo(LIFE_MAX) > 0) {
      throw new IllegalArgumentException("a copy waits for at most 30 days");
    }
    return on(
        () -> {
          if (content.size() > CONTENT_BYTES_MAX) {
            throw refused("item-invalid", "too large to be sent: share it in a safe");
          }
          byte[] raw = new byte[ParcelAddress.ID_SIZE];
          around.keys().random().nextBytes(raw);
          Bytes id = Bytes.wrap(raw);
          long expiry = around.loop().wallMillis() + life.toMillis() - 1;
          Identity self = around.keys().self();
          ParcelAddress address =
              new ParcelAddress(id, expiry, to.fingerprint(), self.fingerprint());
          Bytes sealed;
          try {
            sealed = Parcel.seal(address, to.card(), content, self, around.keys().random());
          } catch (CryptoFailure e) {
            throw ClientProblem.tampered("the card of the recipient cannot be sealed to");
          }
          return put(id, new SharingApi.NewParcel(to.account(), expiry, sealed), 1)
              .thenApply(done -> id);
        });
  }

  /** The server takes one and the same copy once, however often it is sent. */
  private CompletableFuture<Void> put(Bytes id, SharingApi.NewParcel parcel, int attempt) {
    return sharing()
        .putParcel(id, parcel)
        .exceptionallyCompose(
            failure ->
                ClientProblem.in(failure).outcomeUnknown() && attempt < ATTEMPTS_MAX
                    ? put(id, parcel, attempt + 1)
                    : CompletableFuture.failedFuture(ClientProblem.unwrap(failure)));
  }

  /** Gives nothing out. A sender whose card is not the pinned one fails loudly. */
  public CompletableFuture<Pending> pending() {
    return on(() -> sharing().parcels().thenCompose(this::named));
  }

  private CompletableFuture<Pending> named(SharingApi.Parcels all) {
    return around
        .directory()
        .load(all.received().stream().map(SharingApi.WaitingParcel::sender).distinct().toList())
        .thenApply(
            loaded ->
                new Pending(
                    all.received().stream().map(this::waiting).toList(),
                    all.sent().stream().map(this::sent).toList()));
  }

  private Waiting waiting(SharingApi.WaitingParcel one) {
    Contact sender = around.directory().contact(one.sender());
    if (sender == null) {
      throw ClientProblem.tampered("the card of a sender is not served");
    }
    return new Waiting(one.id(), sender, one.sentMillis(), one.expiryMillis());
  }

  private Sent sent(SharingApi.SentParcel one) {
    PinnedCard pinned = around.keys().profile().contact(one.recipient());
    return new Sent(one.id(), pinned == null ? null : pinned.login(), one.expiryMillis());
  }

  /**
   * Takes it, which removes it from the server. Fails with {@code REFUSED} ({@code not-found}) when
   * it is gone, and loudly for one that this device took before or whose time is over: an honest
   * server gives out neither.
   */
  public CompletableFuture<Received> take(Waiting waiting) {
    return on(
        () -> {
          if (around.keys().profile().wasReceived(waiting.id())) {
            throw ClientProblem.tampered("the server shows a copy again that was taken");
          }
          return sharing()
              .openParcel(waiting.id())
              .thenApply(
                  opened -> {
                    Bytes content = open(waiting, opened);
                    around.keys().profile().received(waiting.id());
                    return new Received(content, waiting.sender());
                  });
        });
  }

  private Bytes open(Waiting waiting, SharingApi.OpenedParcel opened) {
    if (!opened.sender().equals(waiting.sender().fingerprint())
        || opened.expiryMillis() < around.loop().wallMillis()) {
      throw ClientProblem.tampered("the copy is of somebody else, or its time is over");
    }
    // Its sender may have known the card of before alone.
    for (Identity self : around.keys().own().all()) {
      try {
        ParcelAddress address =
            new ParcelAddress(
                waiting.id(), opened.expiryMillis(), self.fingerprint(), opened.sender());
        return Parcel.open(address, waiting.sender().card(), self, opened.sealed());
      } catch (CryptoFailure | MalformedException e) {
        // By the next one, then.
      }
    }
    throw ClientProblem.tampered("the copy is not what its sender signed for this account");
  }

  /** Takes back what this account sent. Fails with {@code REFUSED} ({@code not-found}). */
  public CompletableFuture<Void> revoke(Bytes id) {
    return on(() -> sharing().revokeParcel(id));
  }

  private SharingApi sharing() {
    return around.authority().sharing();
  }

  private static ClientProblem refused(String name, String text) {
    return ClientProblem.refused(Kind.REFUSED, name, text, 0);
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(around.loop(), step);
  }
}

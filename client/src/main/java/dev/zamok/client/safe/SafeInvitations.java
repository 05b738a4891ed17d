package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.SealedInvites;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Invitations into one safe, for its admins. Thread-safe; see {@link dev.zamok.client.ZamokClient}
 * for threads and failures.
 */
public final class SafeInvitations {
  private final Loop loop;
  private final URI server;
  private final RoomEngine engine;

  SafeInvitations(Loop loop, URI server, RoomEngine engine) {
    this.loop = loop;
    this.server = server;
    this.engine = engine;
  }

  /**
   * Invites somebody who may have no account yet. The code is shown here and never again.
   *
   * @param email where a letter with the link goes; null for none
   */
  public CompletableFuture<Invitation> invite(Role role, Duration life, @Nullable String email) {
    long expiry = loop.wallMillis() + life.toMillis() - 1;
    return on(invites -> invites.invite(role, expiry, email))
        .thenApply(
            made ->
                new Invitation(
                    made.index(),
                    new InviteLink(engine.id(), made.index(), Bytes.EMPTY).at(server),
                    made.code().toText(),
                    made.letter()));
  }

  /** By the verified chain. */
  public CompletableFuture<List<SealedInvites.Open>> open() {
    return on(SealedInvites::open);
  }

  /**
   * Nobody who waits is let in by it. Fails with {@code REFUSED} ({@code not-found}) when it is not
   * open; whoever accepted it before is put out with {@link SafeSharing#revoke}.
   */
  public CompletableFuture<Void> withdraw(int invitation) {
    return on(invites -> engine.people().admittingNobody(() -> invites.withdraw(invitation)));
  }

  private <T> CompletableFuture<T> on(Function<SealedInvites, CompletableFuture<T>> step) {
    return Futures.on(loop, () -> engine.open().thenCompose(done -> step.apply(engine.invites())));
  }
}

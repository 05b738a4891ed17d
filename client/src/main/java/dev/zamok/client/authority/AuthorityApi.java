package dev.zamok.client.authority;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.RoomId;
import java.util.concurrent.CompletableFuture;

/**
 * What the authority does for whoever asks. Contract: {@code openapi.yaml} of the authority.
 *
 * <p>Futures complete on the client's loop; they fail with {@link
 * dev.zamok.client.problem.ClientProblem} alone.
 */
public interface AuthorityApi {
  CompletableFuture<Answers.About> about();

  CompletableFuture<Void> register(Registration registration);

  /**
   * As {@link #register}, by the token of a letter, also where registration is closed. Fails with
   * {@code REFUSED} ({@code not-found}) when it is not good, or not any more.
   */
  CompletableFuture<Void> registerInvited(
      Registration registration, RoomId room, int invite, Bytes token);

  /** Fails with {@code WRONG_PASSWORD} when name or password are wrong. */
  CompletableFuture<Answers.NewSession> login(
      String login, String password, DeviceId device, String deviceName);

  /**
   * Takes a secret that was left for whoever has its link. Fails with {@code REFUSED} ({@code
   * not-found}) when it is gone, with {@code NOT_ALLOWED} for a wrong token.
   */
  CompletableFuture<Answers.OpenedLink> openLink(Bytes id, SecretBytes token);

  /** The same authority for the holder of {@code token}. */
  SessionApi session(String token);

  /** A new account. */
  record Registration(
      AccountId account, String login, String password, Bytes card, Answers.Keyset keyset) {
    @Override
    public String toString() {
      return "Registration[" + account + "]";
    }
  }
}

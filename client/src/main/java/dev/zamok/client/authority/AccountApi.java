package dev.zamok.client.authority;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the authority does for the owner of an account about its keys and devices. Contract: {@code
 * openapi.yaml} of the authority.
 *
 * <p>Futures complete on the client's loop; they fail with {@link
 * dev.zamok.client.problem.ClientProblem} alone.
 */
public interface AccountApi {
  /**
   * The server's halves of what unlocks the account on this session's device, older first; two
   * while they change. Fails with the refusal {@code not-found} when there are none.
   */
  CompletableFuture<List<DeviceCode>> deviceCodes();

  /** The next one; the same until it is confirmed. */
  CompletableFuture<DeviceCode> newDeviceCode();

  /** What this device keeps is stored under that one: the one before goes. */
  CompletableFuture<Void> confirmDeviceCode(int number);

  /** All of them go. */
  CompletableFuture<Void> forgetDevice();

  CompletableFuture<Void> rename(SessionId session, String deviceName);

  /** Fails with {@code WRONG_PASSWORD}, and with {@code REFUSED} for another sequence number. */
  CompletableFuture<Void> replaceKeyset(Answers.Keyset next, String password);

  /**
   * A successor of the account's card; the same again changes nothing. Fails with {@code REFUSED}
   * ({@code card-invalid}) for any other.
   */
  CompletableFuture<Void> putCard(Bytes card);

  /** A half. */
  record DeviceCode(int number, SecretBytes code) {
    @Override
    public String toString() {
      return "DeviceCode[" + number + "]";
    }
  }
}

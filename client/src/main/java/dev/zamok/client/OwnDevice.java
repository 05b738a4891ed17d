package dev.zamok.client;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.device.DeviceKeeper;
import dev.zamok.client.profile.KeptDevice;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.protocol.SessionId;
import java.util.concurrent.CompletableFuture;

/** The device of a session: whether it is kept. Belongs to the client's loop but for the flag. */
final class OwnDevice {
  private final DeviceKeeper keeper;
  private final AccountApi account;
  private final KeptDevice.Login login;
  private final UnlockKey key;
  private volatile boolean kept;

  OwnDevice(
      DeviceKeeper keeper,
      AccountApi account,
      KeptDevice.Login login,
      UnlockKey key,
      boolean kept) {
    this.keeper = keeper;
    this.account = account;
    this.login = login;
    this.key = key;
    this.kept = kept;
  }

  boolean isKept() {
    return kept;
  }

  CompletableFuture<Void> keep() {
    return keeper.keep(login, key).thenAccept(done -> kept = true);
  }

  CompletableFuture<Void> forget() {
    return keeper.forget().thenAccept(done -> kept = false);
  }

  CompletableFuture<Void> rename(SessionId session, String name) {
    return account.rename(session, name);
  }

  /** Nothing is unlocked with it any more. */
  void close() {
    key.destroy();
  }
}

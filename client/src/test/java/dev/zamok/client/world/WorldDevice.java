package dev.zamok.client.world;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.authority.Answers;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The authority of a world in which no device is kept. */
public final class WorldDevice implements AccountApi {
  @Override
  public CompletableFuture<List<DeviceCode>> deviceCodes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<DeviceCode> newDeviceCode() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> confirmDeviceCode(int number) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> forgetDevice() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> rename(SessionId session, String deviceName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> replaceKeyset(Answers.Keyset next, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> putCard(Bytes card) {
    throw new UnsupportedOperationException();
  }
}

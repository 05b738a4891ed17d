package dev.zamok.client.world;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.AuthorityApi;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.protocol.DeviceId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the authority tells anyone. */
public final class WorldAuthority implements AuthorityApi {
  private final World world;

  public WorldAuthority(World world) {
    this.world = world;
  }

  @Override
  public CompletableFuture<Answers.About> about() {
    var key = world.controlKey.publicKey();
    return CompletableFuture.completedFuture(
        new Answers.About(
            "wss://hub.test/", List.of(new Answers.ControlKey(key.id(), key.bytes())), 512));
  }

  @Override
  public CompletableFuture<Void> register(Registration registration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> registerInvited(
      Registration registration,
      dev.zamok.protocol.RoomId room,
      int invite,
      dev.zamok.protocol.Bytes token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Answers.NewSession> login(
      String login, String password, DeviceId device, String deviceName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Answers.OpenedLink> openLink(
      dev.zamok.protocol.Bytes id, dev.zamok.crypto.SecretBytes token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SessionApi session(String token) {
    throw new UnsupportedOperationException();
  }
}

package dev.zamok.client.room;

import dev.zamok.client.cache.Caches;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.key.Control;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldAccount;
import dev.zamok.client.world.WorldAuthority;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Somebody in a {@link World}, by the rooms that he is in, without a connection. */
public final class WorldMember {
  private static final Duration SOON = Duration.ofSeconds(20);

  public final World world;
  public final WorldAccount account;
  public final Surroundings around;

  public WorldMember(World world, String login) {
    this.world = world;
    this.account = world.account(login);
    WorldSession authority = new WorldSession(world, account);
    Profile profile = new Profile(ProfileStore.inMemory(), world.random);
    Directory directory = new Directory(authority, world.loop, profile);
    directory.self(login, account.identity.card());
    around =
        new Surroundings(
            world.loop,
            authority,
            directory,
            new Control(new WorldAuthority(world), profile),
            new Surroundings.Keys(
                OwnKeys.of(account.identity),
                profile,
                world.random,
                new Caches(null, profile, world.random)));
  }

  public <T> T await(CompletableFuture<T> future) {
    return world.loop.await(future, SOON);
  }

  public RoomEngine make(RoomKind kind, String name) {
    return engine(await(new NewRoom(around).sealed(kind, History.FULL, name, null)).room());
  }

  /** His view of a room that he is in. */
  public RoomEngine engine(RoomId room) {
    return new RoomEngine(around, new Unconnected(), await(around.authority().room(room)));
  }

  /** There is no hub. */
  private static final class Unconnected implements HubSide {
    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public boolean hasPlace() {
      return true;
    }

    @Override
    public long publishSlot() {
      return 0;
    }

    @Override
    public void send(ClientFrame frame) {}

    @Override
    public void wake() {}

    @Override
    public void rejoin(RoomId room, Duration delay) {}

    @Override
    public void leave(RoomId room) {}

    @Override
    public void refreshTicket() {}
  }
}

package dev.zamok.client;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.cache.Caches;
import dev.zamok.client.connection.ConnectionParts;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.device.DeviceKeeper;
import dev.zamok.client.key.Control;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.link.FrameTap;
import dev.zamok.client.profile.KeptDevice;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.room.Surroundings;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldAccount;
import dev.zamok.client.world.WorldAuthority;
import dev.zamok.client.world.WorldDevice;
import dev.zamok.client.world.WorldOpenings;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.content.Content;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Somebody with a client in a {@link World}. */
final class TestUser {
  static final Duration SOON = Duration.ofSeconds(20);

  final World world;
  final WorldAccount account;
  final Profile profile;
  final Session session;

  TestUser(World world, String login) {
    this(world, login, ProfileStore.inMemory());
  }

  TestUser(World world, String login, ProfileStore store) {
    this(world, login, store, new WorldSession(world, world.account(login)));
  }

  TestUser(World world, String login, ProfileStore store, SessionApi authority) {
    this.world = world;
    account = world.account(login);
    profile = new Profile(store, world.random);
    Directory directory = new Directory(authority, world.loop, profile);
    directory.self(login, account.identity.card());
    Surroundings around =
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
    ConnectionParts parts =
        new ConnectionParts(
            world.loop,
            URI.create("https://zamok.test"),
            world.hub,
            authority,
            new Random(7),
            FrameTap.NONE);
    session = new Session(own(login, authority), around, parts, new WorldOpenings());
  }

  private Session.Own own(String login, SessionApi authority) {
    WorldDevice device = new WorldDevice();
    UnlockKey key = UnlockKey.random(world.random);
    OwnDevice kept =
        new OwnDevice(
            new DeviceKeeper(world.loop, device, profile, world.random),
            device,
            new KeptDevice.Login(
                account.id(),
                login,
                SessionId.of(Bytes.wrap(new byte[SessionId.SIZE])),
                "",
                Long.MAX_VALUE),
            key,
            false);
    Accounts accounts =
        new Accounts(
            world.loop, Runnable::run, new WorldAuthority(world), KdfParams.DEFAULT, world.random);
    Rewrap rewrap = new Rewrap(world.random);
    OwnAccount.Ways ways =
        new OwnAccount.Ways(
            accounts, new Recovery(accounts, rewrap), rewrap, new Succession(profile));
    Accounts.Opened opened = new Accounts.Opened(account.identity, key);
    return new Session.Own(
        login,
        new OwnAccount(ways, authority, device, opened),
        kept,
        next -> {
          throw new UnsupportedOperationException();
        });
  }

  <T> T await(CompletableFuture<T> future) {
    return world.loop.await(future, SOON);
  }

  /** This user's handle of a room. */
  Room room(WorldRoom room) {
    return await(session.room(room.id));
  }

  Heard listen(Room room) {
    Heard heard = new Heard();
    await(room.subscribe(heard));
    world.loop.settle();
    return heard;
  }

  void say(Room room, String text) {
    await(room.publish(Content.text(text)));
    world.loop.settle();
  }
}

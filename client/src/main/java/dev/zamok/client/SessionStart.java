package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.cache.Caches;
import dev.zamok.client.connection.ConnectionParts;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.device.DeviceKeeper;
import dev.zamok.client.key.Control;
import dev.zamok.client.link.FrameTap;
import dev.zamok.client.link.WebSocketDialer;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.KeptDevice;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.account.CacheKey;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.AccountId;
import java.net.URI;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;

/** From an opened account to a session at work. Belongs to the client's loop. */
final class SessionStart {
  private final Loop loop;
  private final HttpAuthority authority;
  private final Profile profile;
  private final SecureRandom random;
  private final Hub hub;
  private final OwnAccount.Ways ways;
  private final boolean onDisk;

  /** What all sessions of a client share. */
  record Ground(Loop loop, HttpAuthority authority, Profile profile, SecureRandom random) {}

  /** How the hub is reached. */
  record Hub(URI server, WebSocketDialer dialer, FrameTap frameTap) {}

  /**
   * @param onDisk whether the profile outlives the client
   */
  SessionStart(Ground ground, Hub hub, OwnAccount.Ways ways, boolean onDisk) {
    this.loop = ground.loop();
    this.authority = ground.authority();
    this.profile = ground.profile();
    this.random = ground.random();
    this.hub = hub;
    this.ways = ways;
    this.onDisk = onDisk;
  }

  /** What the server says of the account. Fails with {@code TAMPERED} when it is another one. */
  static CompletableFuture<Answers.Account> about(SessionApi api, Answers.NewSession session) {
    return api.account().thenApply(about -> requireSame(about, session));
  }

  private static Answers.Account requireSame(Answers.Account about, Answers.NewSession session) {
    if (!about.account().equals(session.account())) {
      throw ClientProblem.tampered("the server answered for another account");
    }
    return about;
  }

  /** Without a profile on disk there is no other run that could use them. */
  private Caches caches(UnlockKey key, AccountId account) {
    return new Caches(onDisk ? CacheKey.of(key, account) : null, profile, random);
  }

  /** Goes on with what somebody began who replaced his keys; see {@link Succession}. */
  CompletableFuture<Accounts.Opened> finished(Answers.NewSession session, Accounts.Opened opened) {
    String token = session.token();
    return ways.succession().finish(authority.session(token), authority.account(token), opened);
  }

  /** By the token of a session. */
  DeviceKeeper keeper(String token) {
    return new DeviceKeeper(loop, authority.account(token), profile, random);
  }

  /** Fails with {@code TAMPERED} when the keys are another account's. */
  Session session(String login, Answers.NewSession session, Accounts.Opened opened, boolean kept) {
    Identity identity = opened.identity();
    if (!identity.card().account().equals(session.account())) {
      throw ClientProblem.tampered("the server answered for another account");
    }
    profile.bind(session.account(), login);
    SessionApi api = authority.session(session.token());
    Directory directory = new Directory(api, loop, profile);
    directory.self(login, opened.own().cards());
    Control control = new Control(authority, profile);
    Surroundings around =
        new Surroundings(
            loop,
            api,
            directory,
            control,
            new Surroundings.Keys(
                opened.own(), profile, random, caches(opened.key(), session.account())));
    ConnectionParts parts =
        new ConnectionParts(loop, hub.server(), hub.dialer(), api, random, hub.frameTap());
    OwnDevice device =
        new OwnDevice(
            keeper(session.token()),
            authority.account(session.token()),
            new KeptDevice.Login(
                session.account(),
                login,
                session.session(),
                session.token(),
                session.expiresAtMillis()),
            opened.key(),
            kept);
    OwnAccount account = new OwnAccount(ways, api, authority.account(session.token()), opened);
    return new Session(
        new Session.Own(login, account, device, next -> session(login, session, next, false)),
        around,
        parts,
        authority.openings(session.token()));
  }
}

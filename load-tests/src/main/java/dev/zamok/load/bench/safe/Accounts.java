package dev.zamok.load.bench.safe;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.AuthorityApi;
import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.HttpExchange;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.account.Keyset;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.load.bench.Bench;
import dev.zamok.load.relay.Relay;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.DeviceId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Accounts that only want to be there: their keys open by a recovery code that is thrown away. */
final class Accounts {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Servers let one address register 20 accounts at once. */
  private static final int PER_SOURCE = 15;

  private static final int AT_ONCE = 2;
  static final String PASSWORD = "only for measuring";

  private final Place place;
  private final SecureRandom random = new SecureRandom();

  Accounts(Place place) {
    this.place = place;
  }

  static HttpAuthority authority(Place place, Executor loop) {
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(ServerTrust.pinned(place.fingerprint()).context(new SecureRandom()))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    return new HttpAuthority(new HttpExchange(http, place.server(), loop, PATIENCE));
  }

  /** One that is registered and logged in. */
  record Made(Identity identity, String token) {
    @Override
    public String toString() {
      return "Made[" + identity.fingerprint() + "]";
    }
  }

  /** Registers {@code count} accounts and logs them in. */
  List<Made> make(String prefix, int count) {
    int sources = 1 + (count - 1) / PER_SOURCE;
    InetSocketAddress target =
        new InetSocketAddress(place.server().getHost(), place.server().getPort());
    List<Made> all = new ArrayList<>();
    try (Relay relay = Relay.start(sources, List.of(target))) {
      List<HttpAuthority> doors = new ArrayList<>();
      for (int port : relay.ports()) {
        doors.add(authority(place.at(URI.create("https://localhost:" + port)), Runnable::run));
      }
      for (int at = 0; at < count; at += AT_ONCE) {
        List<CompletableFuture<Made>> some = new ArrayList<>();
        for (int i = at; i < Math.min(count, at + AT_ONCE); i++) {
          some.add(make(doors.get(i / PER_SOURCE), prefix + "-" + i));
        }
        some.forEach(one -> all.add(Bench.wait(one)));
      }
    }
    return all;
  }

  private CompletableFuture<Made> make(AuthorityApi door, String login) {
    AccountId account = new AccountId(random.nextLong(), random.nextLong());
    Keyset keyset = Keyset.generate(random);
    Identity identity = keyset.firstIdentity(account);
    UnlockKey key = UnlockKey.random(random);
    UnlockWrap wrap =
        key.wrap(account, 1, UnlockSecret.recoveryCode(HumanCode.generate(random)), random);
    Answers.Keyset stored =
        new Answers.Keyset(
            1,
            keyset.seal(key, account, 1, random),
            List.of(new Answers.Unlock(wrap.type().code(), "", wrap.encode())));
    return door.register(
            new AuthorityApi.Registration(
                account, login, PASSWORD, identity.card().encoded(), stored))
        .thenCompose(done -> door.login(login, PASSWORD, DeviceId.random(random), "measuring"))
        .thenApply(session -> new Made(identity, session.token()));
  }
}

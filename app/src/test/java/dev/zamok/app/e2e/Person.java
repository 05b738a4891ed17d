package dev.zamok.app.e2e;

import dev.zamok.client.ClientBuilder;
import dev.zamok.client.NewAccount;
import dev.zamok.client.Room;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.Published;
import dev.zamok.client.safe.InviteLink;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Content;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Somebody with the real client, over real TLS and WebSockets. */
final class Person implements AutoCloseable {
  /** The least that is allowed: the tests are not about how long stretching takes. */
  static final KdfParams CHEAP =
      new KdfParams.Argon2id(KdfParams.Argon2id.MEMORY_KIB_MIN, KdfParams.Argon2id.PASSES_MIN, 1);

  private final ZamokClient client;
  private final Session session;

  private Person(ZamokClient client, Session session) {
    this.client = client;
    this.session = session;
  }

  /**
   * How somebody reaches a server.
   *
   * @param profile null for a device that remembers nothing
   */
  record Way(
      URI server, String fingerprint, @Nullable Path profile, UnaryOperator<ClientBuilder> more) {
    static Way to(TestServer server) {
      return new Way(server.uri(), server.fingerprint(), null, builder -> builder);
    }

    Way through(CuttableProxy proxy) {
      return new Way(TestServer.uri(proxy.port()), fingerprint, profile, more);
    }

    Way at(URI other) {
      return new Way(other, fingerprint, profile, more);
    }

    Way withProfile(Path directory) {
      return new Way(server, fingerprint, directory, more);
    }

    Way with(UnaryOperator<ClientBuilder> other) {
      return new Way(server, fingerprint, profile, other);
    }

    private ZamokClient client() {
      ClientBuilder builder =
          ZamokClient.builder()
              .server(server)
              .trust(ServerTrust.pinned(fingerprint))
              .masterPasswordCost(CHEAP);
      return more.apply(profile == null ? builder : builder.profile(profile)).build();
    }
  }

  static String password(String login) {
    return "login password of " + login;
  }

  static String master(String login) {
    return "master password of " + login;
  }

  static Person register(Way way, String login) {
    ZamokClient client = way.client();
    return new Person(
        client,
        get(client.register(login, password(login).toCharArray(), master(login).toCharArray())));
  }

  /** Where an account is made for the invited alone. */
  static CompletableFuture<Person> registerInvited(
      Way way, String login, @Nullable InviteLink letter) {
    ZamokClient client = way.client();
    return client
        .register(
            login,
            password(login).toCharArray(),
            master(login).toCharArray(),
            new NewAccount(null, letter))
        .whenComplete(
            (made, failure) -> {
              if (failure != null) {
                // Not on its own thread, which it would wait for.
                var unused = CompletableFuture.runAsync(client::close);
              }
            })
        .thenApply(session -> new Person(client, session));
  }

  /** On a device that may never have seen the account. */
  static Person login(Way way, String login) {
    ZamokClient client = way.client();
    return new Person(
        client,
        get(
            client
                .login(login, password(login).toCharArray())
                .thenCompose(locked -> locked.unlock(master(login).toCharArray()))));
  }

  /** On a device that is kept. */
  static Person resume(Way way) {
    ZamokClient client = way.client();
    return new Person(client, get(client.resume()));
  }

  /** Why somebody cannot log in. */
  static ClientProblem refused(Way way, String login) {
    try (ZamokClient client = way.client()) {
      return problem(client.login(login, password(login).toCharArray()));
    }
  }

  /** Why somebody whose passwords are right cannot open his keys. */
  static ClientProblem unlockRefused(Way way, String login) {
    try (ZamokClient client = way.client()) {
      return problem(
          client
              .login(login, password(login).toCharArray())
              .thenCompose(locked -> locked.unlock(master(login).toCharArray())));
    }
  }

  Session session() {
    return session;
  }

  Room room(RoomId room) {
    return get(session.room(room));
  }

  Heard listen(Room room) {
    Heard heard = new Heard();
    get(room.subscribe(heard));
    return heard;
  }

  Heard listenAfter(Room room, Position position) {
    Heard heard = new Heard();
    get(room.subscribeAfter(position, heard));
    return heard;
  }

  static Published say(Room room, String text) {
    return get(room.publish(Content.text(text)));
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(Heard.SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("nothing came of it", e);
    }
  }

  /** The problem it must fail with. */
  static ClientProblem problem(CompletableFuture<?> future) {
    try {
      Object result = future.get(Heard.SECONDS_MAX, TimeUnit.SECONDS);
      throw new AssertionError("should have failed, but gave " + result);
    } catch (ExecutionException e) {
      return ClientProblem.in(e);
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("nothing came of it", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close().get(Heard.SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("the session does not close", e);
    } finally {
      client.close();
    }
  }
}

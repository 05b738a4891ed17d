package dev.zamok.app.demo;

import dev.zamok.client.Room;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Content;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One of the three: a real client with a profile of its own, and all it ever saw of the room. */
final class Person implements RoomListener, AutoCloseable {
  private static final long WAIT_SECONDS_MAX = 60;

  private final String name;
  private final String password;
  private final String master;
  private final ZamokClient client;
  private final Session session;
  private final List<RoomMessage> messages = new ArrayList<>();
  private final List<RoomState> states = new ArrayList<>();
  private final List<RoomWarning> warnings = new ArrayList<>();

  /** Registers a new account and logs in. Blocks. */
  Person(String name, URI server, String fingerprint, Path directory) {
    this.name = name;
    this.password = "login password of " + name;
    this.master = "master password of " + name;
    client =
        ZamokClient.builder()
            .server(server)
            .trust(ServerTrust.pinned(fingerprint))
            .profile(directory.resolve("profile-" + name))
            .deviceName("demo")
            .build();
    session = await(client.register(name, password.toCharArray(), master.toCharArray()));
  }

  String name() {
    return name;
  }

  /** What must be found nowhere on the server. */
  List<String> secrets() {
    return List.of(name, password, master);
  }

  Room createRoom(String title) {
    return await(session.createPrivate(title, dev.zamok.crypto.chain.History.FULL));
  }

  /** Enters the room and listens; everything is kept. */
  Room enter(RoomId id) {
    Room room = await(session.room(id));
    await(room.subscribe(this));
    return room;
  }

  Position say(Room room, String text) {
    return await(room.publish(Content.text(text))).position();
  }

  /** The kind of failure that trying it gives, or {@code none}. */
  String failure(CompletableFuture<?> attempt) {
    try {
      await(attempt);
      return "none";
    } catch (ClientProblem problem) {
      return problem.kind().name();
    }
  }

  Session session() {
    return session;
  }

  synchronized List<RoomMessage> messages() {
    return List.copyOf(messages);
  }

  synchronized List<RoomWarning> warnings() {
    return List.copyOf(warnings);
  }

  void awaitMessages(int count) {
    awaitThat(count + " messages", () -> messages.size() >= count);
  }

  void awaitState(RoomState state) {
    awaitThat("state " + state, () -> !states.isEmpty() && states.get(states.size() - 1) == state);
  }

  private synchronized void awaitThat(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    try {
      while (!done.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException(name + " waited in vain for " + what);
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void onMessage(RoomMessage message) {
    messages.add(message);
    notifyAll();
  }

  @Override
  public synchronized void onState(RoomState state) {
    states.add(state);
    notifyAll();
  }

  @Override
  public synchronized void onWarning(RoomWarning warning) {
    warnings.add(warning);
    notifyAll();
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("nothing happened for " + WAIT_SECONDS_MAX + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.zamok.client;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.room.HistoryView;
import dev.zamok.client.room.Published;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import dev.zamok.protocol.content.Content;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A room of the account. Thread-safe; see {@link ZamokClient} for threads and failures. Handles of
 * one room share everything.
 */
public final class Room {
  /** The most messages of one page of history. */
  public static final int HISTORY_LIMIT_MAX = 500;

  private final Loop loop;
  private final Surroundings around;
  private final RoomEngine engine;

  Room(Loop loop, Surroundings around, RoomEngine engine) {
    this.loop = loop;
    this.around = around;
    this.engine = engine;
  }

  public RoomId id() {
    return engine.id();
  }

  public RoomKind kind() {
    return engine.view().kind();
  }

  /** Who can read the room; from its id, so no server can change it. Show it to the user. */
  public Trust trust() {
    return engine.id().trust();
  }

  /** What newcomers may read of the time before them. */
  public History historyPolicy() {
    return engine.view().history();
  }

  /** Empty when the room has none, or this member has not got the key to it yet. */
  public CompletableFuture<Optional<String>> name() {
    return on(
        () -> engine.open().thenCompose(done -> engine.name()).thenApply(Optional::ofNullable));
  }

  /** Present members: in sealed rooms as the verified chain says. */
  public CompletableFuture<List<RoomMember>> members() {
    return on(engine.people()::members);
  }

  /** One's own role. */
  public CompletableFuture<Role> role() {
    return on(() -> engine.open().thenApply(done -> engine.people().role()));
  }

  /** Adds a member. Admins; owners alone make owners. */
  public CompletableFuture<Void> invite(String login, Role role) {
    return on(
        () ->
            around
                .directory()
                .lookup(login)
                .thenCompose(contact -> engine.people().put(contact, role)));
  }

  public CompletableFuture<Void> setRole(String login, Role role) {
    return on(
        () ->
            engine
                .people()
                .member(login)
                .thenCompose(contact -> engine.people().put(contact, role)));
  }

  /** Shuts a member out: the room has a new secret and a new epoch when this completes. Admins. */
  public CompletableFuture<Void> remove(String login) {
    return on(() -> engine.people().member(login).thenCompose(engine.people()::remove));
  }

  /** Ends one's own membership. */
  public CompletableFuture<Void> leave() {
    return on(engine::leave);
  }

  /** Admins. */
  public CompletableFuture<Void> rename(String name) {
    return on(() -> engine.rename(name));
  }

  /**
   * Starts a new epoch now. Admins.
   *
   * @param reset with a fresh share instead of one derived from the last
   */
  public CompletableFuture<Void> rotate(boolean reset) {
    return on(() -> around.authority().rotate(engine.id(), reset).thenApply(done -> null));
  }

  /**
   * The newest messages, oldest first.
   *
   * @param limit how many entries to look at, 1 to {@value #HISTORY_LIMIT_MAX}
   */
  public CompletableFuture<HistoryView> history(int limit) {
    return page(null, limit);
  }

  /** The messages before {@code before}, oldest first; see {@link HistoryView#before}. */
  public CompletableFuture<HistoryView> history(Position before, int limit) {
    return page(before, limit);
  }

  private CompletableFuture<HistoryView> page(@Nullable Position before, int limit) {
    if (limit < 1 || limit > HISTORY_LIMIT_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + HISTORY_LIMIT_MAX + " entries");
    }
    return on(() -> engine.history(before, limit));
  }

  /**
   * Completes when the message is in the log. Retried under one id for two minutes; fails with
   * {@code UNAVAILABLE} afterwards. Whatever it fails with says {@code outcomeUnknown} when the
   * message may have got there all the same. Messages of one client get into the log in the order
   * in which they were published, but for up to 64 that were under way already when an older one
   * was refused. Joins the room.
   */
  public CompletableFuture<Published> publish(Content content) {
    return on(() -> engine.publish(content));
  }

  /** Sends to those who are connected now. Fails with {@code UNAVAILABLE} unless {@code LIVE}. */
  public CompletableFuture<Void> signal(Content content) {
    return on(() -> engine.signal(content));
  }

  /**
   * Hears everything from now on; completes when the room is joined and its keys are there. Joins
   * again by itself after losses, without missing anything.
   */
  public CompletableFuture<Subscription> subscribe(RoomListener listener) {
    return subscribe(null, listener);
  }

  /**
   * As {@link #subscribe(RoomListener)}, from after {@code position} on. Only for the first
   * listener of a room: it fails with {@link IllegalStateException} when the room is joined
   * already.
   */
  public CompletableFuture<Subscription> subscribeAfter(Position position, RoomListener listener) {
    return subscribe(position, listener);
  }

  private CompletableFuture<Subscription> subscribe(
      @Nullable Position after, RoomListener listener) {
    return on(
        () -> {
          if (after != null && engine.isAttached()) {
            throw new IllegalStateException("the room is joined already");
          }
          engine.listen(listener);
          return engine
              .attach(after)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      engine.unlisten(listener);
                    }
                  })
              .thenApply(done -> () -> loop.execute(() -> engine.unlisten(listener)));
        });
  }

  public RoomState state() {
    return engine.state();
  }

  /** The newest position that earlier runs with this profile saw, zero for none. */
  public CompletableFuture<Position> remembered() {
    return on(() -> CompletableFuture.completedFuture(engine.remembered()));
  }

  /** Ends the calls to a listener; the room stays joined. */
  @FunctionalInterface
  public interface Subscription {
    void cancel();
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }

  @Override
  public String toString() {
    return "Room[" + engine.id() + "]";
  }
}

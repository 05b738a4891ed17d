package dev.zamok.app.chat;

import dev.zamok.app.chat.show.RoomLabel;
import dev.zamok.client.Room;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomSignal;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Prints what happens in one room, and knows when it is over. Called on the client's thread. */
final class Follower implements RoomListener {
  private final RoomBook.Named named;
  private final Output output;
  private final CompletableFuture<RoomState> over = new CompletableFuture<>();
  private Map<String, Role> members = Map.of();
  private @Nullable RoomState last;
  private volatile Room.@Nullable Subscription subscription;
  private volatile int present;

  Follower(RoomBook.Named named, Output output) {
    this.named = named;
    this.output = output;
  }

  RoomBook.Named named() {
    return named;
  }

  Room room() {
    return named.room();
  }

  private RoomLabel label() {
    return named.label();
  }

  /** How many sessions are connected to the room now. */
  int present() {
    return present;
  }

  /** Completes when no more will come: {@code REMOVED} or {@code ENDED}. */
  CompletableFuture<RoomState> over() {
    return over;
  }

  /**
   * Begins; completes when the room is live.
   *
   * @param after print what came after this position, too; null for what comes from now on
   */
  CompletableFuture<Void> start(@Nullable Position after) {
    return room()
        .members()
        .thenCompose(
            now -> {
              members = roles(now);
              return after == null ? room().subscribe(this) : room().subscribeAfter(after, this);
            })
        .thenAccept(started -> subscription = started);
  }

  /** Prints nothing more. */
  void stop() {
    Room.Subscription started = subscription;
    if (started != null) {
      started.cancel();
    }
  }

  @Override
  public void onMessage(RoomMessage message) {
    output.message(label(), message);
  }

  @Override
  public void onSignal(RoomSignal signal) {
    output.signal(label(), signal);
  }

  @Override
  public void onMembership() {
    var unused = room().members().thenAccept(this::membersAre);
  }

  private void membersAre(List<RoomMember> now) {
    Map<String, Role> next = roles(now);
    Map<String, Role> before = members;
    members = next;
    if (!before.equals(next)) {
      output.membership(label(), changes(before, next));
    }
  }

  private static Map<String, Role> roles(List<RoomMember> members) {
    Map<String, Role> roles = new TreeMap<>();
    members.forEach(member -> roles.put(member.contact().login(), member.role()));
    return roles;
  }

  private static List<String> changes(Map<String, Role> before, Map<String, Role> next) {
    List<String> changes = new ArrayList<>();
    next.forEach(
        (login, role) -> {
          Role old = before.get(login);
          String now = role.name().toLowerCase(Locale.ROOT);
          if (old == null) {
            changes.add(login + " is a member now (" + now + ")");
          } else if (old != role) {
            changes.add(login + " is " + now + " now");
          }
        });
    before.keySet().stream()
        .filter(login -> !next.containsKey(login))
        .forEach(login -> changes.add(login + " is no member any more"));
    return changes;
  }

  @Override
  public void onGap(Position from, Position to) {
    output.gap(label(), from, to);
  }

  @Override
  public void onRepaired(Position from, Position to) {
    output.repaired(label(), from, to);
  }

  @Override
  public void onWithdrawn(List<Position> positions) {
    output.withdrawn(label(), positions);
  }

  @Override
  public void onPresence(int sessions) {
    present = sessions;
  }

  @Override
  public void onWarning(RoomWarning warning) {
    output.warning(label(), warning);
  }

  @Override
  public void onState(RoomState state) {
    // The first state is that nothing is connected yet: not worth a line.
    if (last != null || state != RoomState.CONNECTING) {
      output.state(label(), state);
    }
    last = state;
    if (state == RoomState.REMOVED || state == RoomState.ENDED) {
      over.complete(state);
    }
  }
}

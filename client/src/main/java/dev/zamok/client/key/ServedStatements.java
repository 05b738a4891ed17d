package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.protocol.RoomId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The chain of a room as its authority serves it to members, and to who meets it as a group. */
public final class ServedStatements implements ChainKeeper.Source {
  private final RoomId room;
  private final SessionApi authority;
  private @Nullable RoomId met;

  public ServedStatements(RoomId room, SessionApi authority) {
    this.room = room;
    this.authority = authority;
  }

  /** Of a group: a room where the account meets it, should it not be in it itself. */
  void through(RoomId other) {
    met = other;
  }

  @Override
  public CompletableFuture<Answers.Statements> statements(int from) {
    return authority.statements(room, from, met);
  }
}

package dev.zamok.client.room;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MessageId;
import java.util.concurrent.CompletableFuture;

/** A message on its way into the log. Its id, number and time stay the same through all retries. */
final class Pending {
  final MessageId id;
  final Bytes content;
  final CompletableFuture<Published> result = new CompletableFuture<>();

  /** When it was published, by the monotonic clock. */
  final long since;

  /** 0 until it is sent first. */
  long seq;

  long timeMillis;

  /** Under which it was sealed last. */
  int epoch;

  State state = State.QUEUED;

  /** When it was sent, or will be queued again. */
  long at;

  /** How often nothing was heard of it on this connection; {@link Outbox#PATIENCE} ends that. */
  int unanswered;

  /** It may be in the log already. */
  boolean unknown;

  /** It was refused because of its epoch. */
  boolean stale;

  enum State {
    QUEUED,
    SENT,
    /** To be queued again at {@code at}. */
    PAUSED,
    /** History is being asked whether it is in the log. */
    SOUGHT
  }

  Pending(MessageId id, Bytes content, long now) {
    this.id = id;
    this.content = content;
    this.since = now;
  }
}

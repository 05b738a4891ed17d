package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What was published and is not in the log yet. Every message keeps its id, number and time through
 * all retries, so that the log takes it once; it is encrypted anew when the epoch has changed.
 *
 * <p>Messages get into the log in the order of their numbers: none is sent while an older one waits
 * to be sent again, or has no answer yet to what was sealed under another epoch and so may be
 * refused. Only what was under way already can get ahead of one that is refused.
 *
 * <p>A message is given up when nothing was heard of it for {@link #PATIENCE}: if it may have got
 * into the log, history is asked first. Belongs to the client's loop.
 */
final class Outbox {
  /** Design §5 <i>Publish</i>. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * No answer for so long on an open connection: send again, under the same id; then for twice as
   * long each time. A hub that is behind with its work gets no more of it by that.
   */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  static final Duration RETRY_MIN = Duration.ofMillis(200);

  /** Longer than a rekey takes to get here: {@link #rekeyed} ends it early. */
  static final Duration STALE_PAUSE = Duration.ofSeconds(3);

  static final Duration TICK = Duration.ofSeconds(1);
  static final int PENDING_MAX = 1_000;
  static final int IN_FLIGHT_MAX = 64;

  private final Loop loop;
  private final OwnInHistory history;
  private final Sender sender;
  private final Map<MessageId, Pending> pending = new LinkedHashMap<>();
  private Loop.Timer timer = Loop.Timer.NONE;
  private boolean slotAwaited;

  /** How messages get out. */
  interface Sender {
    MessageId newId();

    /** Whether anything may be sent now. */
    boolean isReady();

    /** 0 when there is a slot for one message, which is taken then; else milliseconds to wait. */
    long slot();

    /** The current epoch, under which {@link #send} seals; 0 before the first. */
    int epoch();

    /** Seals under the current epoch and sends. */
    void send(Pending message);

    /** The hub no longer takes {@code epoch}: find out the current one. */
    void stale(int epoch);

    /** The hub forgot that this connection is in the room. */
    void notJoined();

    /** Whether an entry of the log is this account's own. */
    boolean isOwn(Entry entry);
  }

  Outbox(Loop loop, HistorySource history, Sender sender) {
    this.loop = loop;
    this.history = new OwnInHistory(loop, history, sender::isOwn);
    this.sender = sender;
  }

  CompletableFuture<Published> publish(Bytes content) {
    if (pending.size() >= PENDING_MAX) {
      return CompletableFuture.failedFuture(
          ClientProblem.refused(Kind.REFUSED, "too-many-pending", "too much waits to be sent", 0));
    }
    Pending message = new Pending(sender.newId(), content, loop.monotonicMillis());
    pending.put(message.id, message);
    pump();
    return message.result;
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Sends what waits, in order, as far as it may. */
  void pump() {
    if (pending.isEmpty()) {
      timer.cancel();
      timer = Loop.Timer.NONE;
      return;
    }
    if (timer == Loop.Timer.NONE) {
      timer = loop.after(TICK, this::tick);
    }
    int inFlight = 0;
    boolean mayBeStale = false;
    for (Pending message : List.copyOf(pending.values())) {
      if (!sender.isReady() || inFlight >= IN_FLIGHT_MAX) {
        return;
      }
      switch (message.state) {
        case SOUGHT -> {}
        case PAUSED -> {
          return;
        }
        case SENT -> {
          inFlight++;
          mayBeStale |= message.epoch != sender.epoch();
        }
        case QUEUED -> {
          if (mayBeStale || !hasSlot()) {
            return;
          }
          message.state = Pending.State.SENT;
          message.at = loop.monotonicMillis();
          sender.send(message);
          inFlight++;
        }
      }
    }
  }

  private boolean hasSlot() {
    long wait = slotAwaited ? 1 : sender.slot();
    if (wait > 0 && !slotAwaited) {
      slotAwaited = true;
      loop.after(
          Duration.ofMillis(wait),
          () -> {
            slotAwaited = false;
            pump();
          });
    }
    return wait == 0;
  }

  private void tick() {
    timer = Loop.Timer.NONE;
    long now = loop.monotonicMillis();
    for (Pending message : List.copyOf(pending.values())) {
      if (message.state == Pending.State.PAUSED && now >= message.at) {
        message.state = Pending.State.QUEUED;
      }
      long timeout = ANSWER_TIMEOUT.toMillis() << message.unanswered;
      if (message.state == Pending.State.SENT && now - message.at >= timeout) {
        message.unanswered++;
        message.unknown = true;
        message.state = Pending.State.QUEUED;
      }
      if (message.state != Pending.State.SOUGHT && now - message.since >= PATIENCE.toMillis()) {
        giveUp(message);
      }
    }
    pump();
  }

  void ack(HubFrame.Ack ack) {
    done(ack.id(), ack.position());
  }

  /** An entry of this account came by: as good as an ACK. */
  void passed(Entry entry) {
    if (pending.containsKey(entry.id()) && sender.isOwn(entry)) {
      done(entry.id(), entry.position());
    }
  }

  void rejected(HubFrame.Reject reject) {
    Pending message = pending.get(reject.id());
    if (message == null || message.state == Pending.State.SOUGHT) {
      return;
    }
    ErrorCode code = reject.code();
    switch (code) {
      case UNAVAILABLE -> {
        message.unknown = true;
        pause(message, reject.retryAfterMillis());
      }
      case OVERLOADED, RATE_LIMITED, TICKET_EXPIRED -> pause(message, reject.retryAfterMillis());
      case STALE_EPOCH -> stale(message);
      case NOT_JOINED -> {
        pause(message, 0);
        sender.notJoined();
      }
      case EVICTED,
          NOT_PERMITTED,
          UNKNOWN_ROOM,
          TICKET_INVALID,
          TOO_LARGE,
          TOO_MANY_ROOMS,
          FENCED ->
          fail(
              message,
              ClientProblem.refused(
                  code == ErrorCode.TOO_LARGE ? Kind.REFUSED : Kind.NOT_ALLOWED,
                  code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                  code.text(),
                  0));
    }
    if (!pending.containsKey(reject.id())) {
      pump();
    }
  }

  private void stale(Pending message) {
    if (sender.epoch() > message.epoch) {
      // The rekey was faster than the refusal.
      message.state = Pending.State.QUEUED;
      pump();
      return;
    }
    pause(message, (int) STALE_PAUSE.toMillis());
    message.stale = true;
    sender.stale(message.epoch);
  }

  /** There may be a new epoch: what was refused for the old one goes again. */
  void rekeyed() {
    inForce(Integer.MAX_VALUE);
  }

  /** The rekey of {@code epoch} stands in the log: what came too early or too late goes again. */
  void inForce(int epoch) {
    for (Pending message : pending.values()) {
      if (message.stale && message.epoch <= epoch) {
        message.stale = false;
        if (message.state == Pending.State.PAUSED) {
          message.state = Pending.State.QUEUED;
        }
      }
    }
    pump();
  }

  /** The connection is gone: what had no answer is sent again, under the same ids. */
  void disconnected() {
    for (Pending message : pending.values()) {
      message.unanswered = 0;
      if (message.state == Pending.State.SENT) {
        message.unknown = true;
        message.state = Pending.State.QUEUED;
      }
    }
  }

  /** What has no answer may be in the log all the same, and is told so. */
  void failAll(ClientProblem problem) {
    timer.cancel();
    timer = Loop.Timer.NONE;
    for (Pending message : List.copyOf(pending.values())) {
      message.unknown |= message.state == Pending.State.SENT;
      fail(message, problem);
    }
  }

  private void pause(Pending message, int retryAfterMillis) {
    message.state = Pending.State.PAUSED;
    long wait = Math.max(RETRY_MIN.toMillis(), retryAfterMillis);
    message.at = loop.monotonicMillis() + wait;
    loop.after(Duration.ofMillis(wait), () -> resume(message));
  }

  private void resume(Pending message) {
    if (message.state == Pending.State.PAUSED && loop.monotonicMillis() >= message.at) {
      message.state = Pending.State.QUEUED;
      pump();
    }
  }

  private void giveUp(Pending message) {
    message.unknown |= message.state == Pending.State.SENT;
    if (!message.unknown) {
      fail(message, ClientProblem.unavailable("the hub did not take the message", false));
      return;
    }
    message.state = Pending.State.SOUGHT;
    Futures.fire(
        history
            .find(message.id)
            .whenComplete(
                (position, failure) -> {
                  if (failure == null && position.isAfter(Position.ZERO)) {
                    done(message.id, position);
                  } else {
                    fail(
                        message,
                        ClientProblem.unavailable("nobody knows whether the log has it", true));
                  }
                  pump();
                }));
  }

  private void done(MessageId id, Position position) {
    Pending message = pending.remove(id);
    if (message != null) {
      message.result.complete(new Published(position, id));
      pump();
    }
  }

  private void fail(Pending message, ClientProblem problem) {
    pending.remove(message.id);
    // A refusal speaks for one attempt: an earlier one may have got through.
    message.result.completeExceptionally(message.unknown ? problem.perhapsDone() : problem);
  }
}

package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;

/** What a room does with each frame of the hub. Belongs to the client's loop. */
final class RoomFrames implements HubFrame.Visitor<Boolean> {
  static final Duration JOIN_RETRY = Duration.ofSeconds(1);
  static final int JOIN_RETRY_FACTOR_MAX = 30;

  private final RoomMachine machine;
  private final RoomId room;
  private final HubSide hub;
  private final SignalReader signals;
  private int joinRefusals;

  RoomFrames(RoomMachine machine, RoomId room, HubSide hub, SignalReader signals) {
    this.machine = machine;
    this.room = room;
    this.hub = hub;
    this.signals = signals;
  }

  @Override
  public Boolean welcome(HubFrame.Welcome frame) {
    return false;
  }

  @Override
  public Boolean pong(HubFrame.Pong frame) {
    return false;
  }

  @Override
  public Boolean joined(HubFrame.Joined frame) {
    joinRefusals = 0;
    machine.joined(frame);
    return true;
  }

  @Override
  public Boolean entry(HubFrame.Entry frame) {
    machine.stream().entry(frame.entry());
    return true;
  }

  @Override
  public Boolean ack(HubFrame.Ack frame) {
    machine.outbox().ack(frame);
    return true;
  }

  @Override
  public Boolean reject(HubFrame.Reject frame) {
    switch (frame.request()) {
      case PUBLISH -> machine.outbox().rejected(frame);
      case JOIN -> {
        if (frame.code() == ErrorCode.TOO_MANY_ROOMS) {
          machine.noPlace();
        } else if (frame.code().retry()) {
          hub.rejoin(room, pause(frame.retryAfterMillis()));
        } else {
          retryJoin(frame.retryAfterMillis());
        }
      }
      case SIGNAL, TICKET -> {}
    }
    return true;
  }

  @Override
  public Boolean signal(HubFrame.Signal frame) {
    machine.stream().headSeen(frame.head());
    Futures.fire(signals.read(frame));
    return true;
  }

  @Override
  public Boolean gap(HubFrame.Gap frame) {
    machine.stream().gap(frame.to());
    return true;
  }

  @Override
  public Boolean evicted(HubFrame.Evicted frame) {
    machine.refusedByHub();
    retryJoin(0);
    return true;
  }

  @Override
  public Boolean presence(HubFrame.Presence frame) {
    machine.events().presence(frame.count());
    return true;
  }

  /**
   * The ticket may be older than the membership: look, and try with a new one. Only what the
   * authority says ends a membership; a hub may be behind, or lie.
   */
  private void retryJoin(int retryAfterMillis) {
    joinRefusals = Math.min(joinRefusals + 1, JOIN_RETRY_FACTOR_MAX);
    hub.refreshTicket();
    hub.rejoin(room, pause(retryAfterMillis).multipliedBy(joinRefusals));
  }

  private static Duration pause(int retryAfterMillis) {
    return Duration.ofMillis(Math.max(JOIN_RETRY.toMillis(), retryAfterMillis));
  }
}

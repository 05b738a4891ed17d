package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A room that is joined: what the hub and the authority say of it becomes state, and the state
 * decides what may be sent. Belongs to the client's loop.
 */
final class RoomMachine {
  static final Duration FLUSH = Duration.ofSeconds(5);

  private final Loop loop;
  private final HubSide hub;
  private final RoomParts parts;
  private final RoomStream stream;
  private final EntryPipeline pipeline;
  private final Outbox outbox;
  private final Sending sending;
  private final OwedGeneration owed;
  private final Upkeep upkeep;
  private final RoomFrames frames;
  private MemberTag tag;
  private boolean attached;
  private boolean flushing;
  private CompletableFuture<Void> live = new CompletableFuture<>();

  RoomMachine(Surroundings around, RoomParts parts, HubSide hub, MemberTag tag) {
    this.loop = around.loop();
    this.hub = hub;
    this.parts = parts;
    this.tag = tag;
    EntryPipeline.Parts work =
        new EntryPipeline.Parts(
            loop, around.random(), parts.keys, parts.opener, parts.events, parts.deliveries);
    pipeline = new EntryPipeline(work, new Hooks());
    StreamToPipeline output =
        new StreamToPipeline(parts.room, pipeline, parts.events, hub, this::updateState);
    stream = new RoomStream(loop, parts.history, output);
    sending = new Sending(around, parts, hub, () -> this.tag, stream::last, this::rekeyed);
    outbox = new Outbox(loop, parts.history, sending);
    owed = new OwedGeneration(loop, around.random(), parts, this::membershipChanged);
    upkeep =
        new Upkeep(
            loop, around.random(), parts, new Upkeep.Flow(stream, pipeline), this::refreshMembers);
    frames = new RoomFrames(this, parts.room, hub, new SignalReader(parts));
    parts.keys.onChange(this::rekeyed);
    if (parts.sealed != null) {
      parts.sealed.chains.onChange(this::membershipChanged);
    }
  }

  RoomStream stream() {
    return stream;
  }

  Outbox outbox() {
    return outbox;
  }

  Sending sending() {
    return sending;
  }

  RoomEvents events() {
    return parts.events;
  }

  boolean isAttached() {
    return attached;
  }

  /**
   * Wants the room joined; completes when it is, with keys. Fails with {@code REFUSED} ({@link
   * Rooms#TOO_MANY}) where that would be one too many.
   */
  CompletableFuture<Void> attach() {
    ClientProblem over = parts.gate.isOver() ? parts.gate.refusal() : null;
    if (over != null) {
      return CompletableFuture.failedFuture(over);
    }
    if (!hasPlace()) {
      return CompletableFuture.failedFuture(Rooms.tooMany());
    }
    attached = true;
    hub.wake();
    return live;
  }

  /** Whether it is joined, or can be. */
  boolean hasPlace() {
    return attached || hub.hasPlace();
  }

  ClientFrame.Join.Request joinRequest() {
    return new ClientFrame.Join.Request(parts.room, stream.resumeAfter(), parts.keys.epoch());
  }

  /** The session is over. */
  void end(ClientProblem problem) {
    over(problem, RoomState.ENDED);
  }

  /** What a new ticket says of this room; null when it does not name it. */
  void ticket(Answers.@Nullable TicketRoom said) {
    if (said == null) {
      removed();
      return;
    }
    tag = said.tag();
    parts.gate.authorityOwed(said.owesGeneration(), said.generation());
    if (parts.keys.epoch() > 0) {
      try {
        boolean behind = !parts.keys.isAt(said.epoch(), said.rekeyHash());
        parts.gate.named(said.epoch());
        parts.gate.reached(parts.keys.epoch());
        if (behind) {
          loop.after(PublishGate.BEHIND_MAX, this::updateState);
        }
      } catch (ClientProblem e) {
        parts.gate.tampered();
        warn(e);
      }
    }
    if (said.chainLength() > parts.roster.head().index() + 1) {
      Futures.fire(refreshMembers());
    }
    updateState();
  }

  void lost() {
    stream.detach();
    parts.gate.live(false);
    outbox.disconnected();
    updateState();
  }

  void frame(HubFrame frame) {
    frame.accept(frames);
  }

  /** The hub does not take this client in the room any more, or not yet. */
  void refusedByHub() {
    stream.detach();
    parts.gate.live(false);
    outbox.disconnected();
  }

  /**
   * The hub joins no more rooms on this connection. It is not asked again for this one until
   * somebody attaches it anew, for nothing but a room that is left makes a place.
   */
  void noPlace() {
    ClientProblem problem = Rooms.tooMany();
    attached = false;
    stream.detach();
    parts.gate.live(false);
    hub.leave(parts.room);
    outbox.failAll(problem);
    CompletableFuture<Void> awaited = live;
    live = new CompletableFuture<>();
    awaited.completeExceptionally(problem);
    parts.events.noPlace(problem);
    updateState();
    hub.wake();
  }

  void removed() {
    over(
        ClientProblem.of(Kind.NOT_ALLOWED, "this account is not a member of the room"),
        RoomState.REMOVED);
  }

  private void over(ClientProblem problem, RoomState state) {
    if (parts.gate.isOver()) {
      return;
    }
    parts.gate.over(problem);
    attached = false;
    stream.detach();
    pipeline.queue().close();
    outbox.failAll(problem);
    live.completeExceptionally(problem);
    parts.pins.flush();
    parts.events.end(problem);
    parts.events.state(state);
    hub.wake();
  }

  CompletableFuture<Void> refreshMembers() {
    return parts
        .roster
        .refresh()
        .thenRun(this::membershipChanged)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                failed(ClientProblem.in(failure));
              }
              upkeep.members(failure == null);
              updateState();
            });
  }

  private void failed(ClientProblem problem) {
    if (problem.isLoud()) {
      parts.gate.tampered();
      warn(problem);
    } else if (problem.kind() != Kind.UNAVAILABLE) {
      hub.refreshTicket();
    }
  }

  void membershipChanged() {
    RoomChain chain = parts.chain();
    parts.gate.chainOwed(chain != null && chain.owesGeneration());
    parts.gate.role(parts.roster.ownRole());
    parts.gate.keys(parts.hasNewestKey());
    upkeep.consider();
    owed.consider();
    updateState();
    outbox.pump();
  }

  private void rekeyed() {
    parts.gate.reached(parts.keys.epoch());
    var current = parts.keys.current();
    if (current != null) {
      parts.gate.generation(current.key().g());
    }
    membershipChanged();
    outbox.rekeyed();
    if (parts.keys.current() != null) {
      live.complete(null);
    }
  }

  private void updateState() {
    if (parts.gate.isOver()) {
      return;
    }
    RoomState next =
        switch (stream.phase()) {
          case DETACHED -> RoomState.CONNECTING;
          case REJOINING, REPAIRING, CHOKED -> RoomState.REPAIRING;
          case LIVE ->
              parts.gate.owes()
                  ? RoomState.OWES_GENERATION
                  : parts.gate.isBehind()
                      ? RoomState.KEYS_BEHIND
                      : parts.gate.isReady() ? RoomState.LIVE : RoomState.CONNECTING;
        };
    parts.events.state(next);
  }

  private void warn(ClientProblem problem) {
    parts.events.warning(
        RoomWarning.Kind.TAMPERED, Position.ZERO, String.valueOf(problem.getMessage()));
  }

  void joined(HubFrame.Joined frame) {
    boolean resumes = stream.resumeAfter() != null;
    parts.gate.live(true);
    stream.joined(frame);
    if (resumes && parts.keys.epoch() == 0 && !frame.head().isAfter(stream.last())) {
      // Nothing was missed, so no entry will bring the keys.
      pipeline.startsAt(frame);
    }
    parts.events.presence(frame.present());
    upkeep.joined(frame);
    outbox.pump();
  }

  private final class Hooks implements EntryPipeline.Hooks {
    @Override
    public void passed(Entry entry) {
      outbox.passed(entry);
    }

    @Override
    public void inForce(int epoch) {
      outbox.inForce(epoch);
    }

    @Override
    public CompletableFuture<Void> membership() {
      return refreshMembers().exceptionally(failure -> null);
    }

    @Override
    public void processed(Position position) {
      RoomPins pins = parts.pins;
      pins.notePosition(position);
      if (!flushing) {
        flushing = true;
        loop.after(
            FLUSH,
            () -> {
              flushing = false;
              pins.flush();
            });
      }
    }

    @Override
    public void keysFailed(ClientProblem problem) {
      failed(problem);
      upkeep.consider();
      if (!live.isDone()) {
        live.completeExceptionally(problem);
        live = new CompletableFuture<>();
      }
      updateState();
    }
  }
}

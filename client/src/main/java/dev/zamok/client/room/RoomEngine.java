package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.ContentCodec;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One room of the session, from its keys to its listeners. Belongs to the client's loop.
 *
 * <p>Not joined until somebody listens or publishes; joined from then on.
 */
public final class RoomEngine {
  static final Duration FLUSH = Duration.ofSeconds(5);
  static final Duration JOIN_RETRY = Duration.ofSeconds(1);
  static final int JOIN_REFUSALS_MAX = 5;

  private final Loop loop;
  private final Surroundings around;
  private final HubSide hub;
  private final RoomParts parts;
  private final RoomStream stream;
  private final EntryPipeline pipeline;
  private final Outbox outbox;
  private final Sending sending;
  private final SignalReader signals;
  private final OwedGeneration owed;
  private final HistoryReader reader;
  private volatile Answers.Room view;
  private MemberTag tag;
  private boolean attached;
  private int joinRefusals;
  private boolean flushing;
  private @Nullable CompletableFuture<Void> opened;
  private CompletableFuture<Void> live = new CompletableFuture<>();

  /** Fails with {@code TAMPERED} when the view does not fit the id of the room. */
  public RoomEngine(Surroundings around, HubSide hub, Answers.Room view) {
    this.around = around;
    this.loop = around.loop();
    this.hub = hub;
    this.view = view;
    this.tag = view.tag();
    this.parts = new RoomParts(around, view);
    Output output = new Output();
    stream = new RoomStream(loop, parts.history, output);
    EntryPipeline.Parts work =
        new EntryPipeline.Parts(
            loop, around.random(), parts.keys, parts.opener, parts.events, parts.sequences);
    pipeline = new EntryPipeline(work, new Hooks());
    sending = new Sending(around, parts, hub, () -> tag, stream::last, this::rekeyed);
    outbox = new Outbox(loop, parts.history, sending);
    signals = new SignalReader(parts.keys, parts.opener, parts.sequences, parts.events);
    owed = new OwedGeneration(loop, around.random(), parts, this::membershipChanged);
    reader =
        new HistoryReader(
            parts.history,
            parts.keys,
            parts.opener,
            () -> stream.phase() == RoomStream.Phase.LIVE ? stream.last() : Position.ZERO);
    parts.gate.authorityOwed(view.owesGeneration());
  }

  public RoomId id() {
    return parts.room;
  }

  public Answers.Room view() {
    return view;
  }

  public RoomState state() {
    return parts.events.state();
  }

  public Position last() {
    return stream.last();
  }

  /** The newest position of earlier runs. */
  public Position remembered() {
    return parts.pins.position();
  }

  /** Present members, verified. */
  public CompletableFuture<List<RoomMember>> members() {
    return open()
        .thenCompose(done -> parts.roster.refresh())
        .thenCompose(d -> parts.roster.members());
  }

  public Role role() {
    return parts.roster.ownRole();
  }

  /** Adds a member, or changes the role of one. */
  public CompletableFuture<Void> put(Contact contact, Role role) {
    return change(() -> parts.membership.put(contact, role));
  }

  /** Removes a member and makes the secret that he does not get, in one request. */
  public CompletableFuture<Void> remove(Contact contact) {
    return change(() -> parts.membership.remove(contact));
  }

  public CompletableFuture<Void> leave() {
    return open().thenCompose(done -> parts.membership.leave()).thenRun(this::removed);
  }

  public CompletableFuture<Void> rename(String name) {
    return open().thenCompose(done -> parts.membership.rename(name));
  }

  private CompletableFuture<Void> change(Supplier<CompletableFuture<Void>> change) {
    return open()
        .thenCompose(done -> change.get())
        .thenCompose(done -> parts.roster.refresh())
        .thenRun(this::membershipChanged);
  }

  public boolean isAttached() {
    return attached;
  }

  /** The authority described the room anew. */
  public void refreshed(Answers.Room newer) {
    view = newer;
    parts.gate.authorityOwed(newer.owesGeneration());
  }

  /** Knows the members, verified; asks once. */
  public CompletableFuture<Void> open() {
    CompletableFuture<Void> current = opened;
    if (current != null && !current.isCompletedExceptionally()) {
      return current;
    }
    CompletableFuture<Void> started = parts.roster.refresh().thenRun(this::checkView);
    opened = started;
    return started;
  }

  private void checkView() {
    RoomChain chain = parts.chains == null ? null : parts.chains.chain();
    if (chain != null) {
      if (chain.kind() != view.kind() || chain.history() != view.history()) {
        throw ClientProblem.tampered("the server describes a room otherwise than its chain");
      }
      var own = chain.member(around.self().fingerprint());
      if (own != null && !own.tag().equals(view.tag())) {
        throw ClientProblem.tampered("the server names another tag than the chain");
      }
    }
    membershipChanged();
  }

  /** The room's name: null when it has none or may not be read. */
  public CompletableFuture<@Nullable String> name() {
    SealedMembership sealed = parts.sealed;
    if (sealed == null) {
      return CompletableFuture.completedFuture(view.name());
    }
    return sealed.name(view.info()).thenApply(info -> info == null ? null : info.name());
  }

  public CompletableFuture<HistoryView> history(@Nullable Position before, int limit) {
    return open().thenCompose(done -> reader.page(before, limit));
  }

  /** Joined and with keys when it completes; goes on trying when the hub is away. */
  public CompletableFuture<Void> attach(@Nullable Position after) {
    if (!attached && after != null) {
      stream.resumeAfter(after);
    }
    return open()
        .thenCompose(
            done -> {
              ClientProblem over = parts.gate.isOver() ? parts.gate.refusal() : null;
              if (over != null) {
                return CompletableFuture.failedFuture(over);
              }
              attached = true;
              hub.wake();
              return live;
            });
  }

  public void listen(RoomListener listener) {
    parts.events.add(listener);
  }

  public void unlisten(RoomListener listener) {
    parts.events.remove(listener);
  }

  /** Fails with {@code MalformedException} when no message may carry the content. */
  public CompletableFuture<Published> publish(Content said) {
    Bytes content = ContentCodec.encode(said, Carrier.MESSAGE);
    return open()
        .thenCompose(
            done -> {
              ClientProblem refusal = parts.gate.refusal();
              if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
              }
              Futures.fire(attach(null));
              return outbox.publish(content);
            });
  }

  /** Fails with {@code MalformedException} when no signal may carry the content. */
  public CompletableFuture<Void> signal(Content said) {
    sending.signal(ContentCodec.encode(said, Carrier.SIGNAL));
    return CompletableFuture.completedFuture(null);
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
    parts.gate.authorityOwed(said.owesGeneration());
    if (parts.keys.epoch() > 0) {
      try {
        boolean behind = !parts.keys.isAt(said.epoch(), said.rekeyHash());
        parts.gate.behind(behind);
        if (behind) {
          loop.after(PublishGate.BEHIND_MAX, this::updateState);
        }
      } catch (ClientProblem e) {
        parts.gate.tampered(true);
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
    if (frame instanceof HubFrame.Joined joined) {
      joinRefusals = 0;
      parts.gate.live(true);
      stream.joined(joined);
      parts.events.presence(joined.present());
      outbox.pump();
    } else if (frame instanceof HubFrame.Entry entry) {
      stream.entry(entry.entry());
    } else if (frame instanceof HubFrame.Ack ack) {
      outbox.ack(ack);
    } else if (frame instanceof HubFrame.Reject reject) {
      rejected(reject);
    } else if (frame instanceof HubFrame.Signal signal) {
      stream.headSeen(signal.head());
      Futures.fire(signals.read(signal));
    } else if (frame instanceof HubFrame.Gap gap) {
      stream.gap(gap.to());
    } else if (frame instanceof HubFrame.Presence presence) {
      parts.events.presence(presence.count());
    } else if (frame instanceof HubFrame.Evicted) {
      stream.detach();
      parts.gate.live(false);
      outbox.disconnected();
      retryJoin(0);
    }
  }

  private void rejected(HubFrame.Reject reject) {
    switch (reject.request()) {
      case PUBLISH -> outbox.rejected(reject);
      case JOIN -> {
        if (reject.code().retry()) {
          hub.rejoin(parts.room, pause(reject.retryAfterMillis()));
        } else {
          retryJoin(reject.retryAfterMillis());
        }
      }
      case SIGNAL, TICKET -> {}
    }
  }

  /** The ticket may be older than the membership: look, and try a few times with a new one. */
  private void retryJoin(int retryAfterMillis) {
    joinRefusals++;
    if (joinRefusals > JOIN_REFUSALS_MAX) {
      removed();
      return;
    }
    hub.refreshTicket();
    hub.rejoin(parts.room, pause(retryAfterMillis).multipliedBy(joinRefusals));
  }

  private static Duration pause(int retryAfterMillis) {
    return Duration.ofMillis(Math.max(JOIN_RETRY.toMillis(), retryAfterMillis));
  }

  private void removed() {
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
    parts.events.state(state);
    hub.wake();
  }

  private CompletableFuture<Void> refreshMembers() {
    return parts
        .roster
        .refresh()
        .thenRun(this::membershipChanged)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                ClientProblem problem = ClientProblem.in(failure);
                if (problem.isLoud()) {
                  parts.gate.tampered(true);
                  warn(problem);
                } else if (problem.kind() != Kind.UNAVAILABLE) {
                  hub.refreshTicket();
                }
              }
              updateState();
            });
  }

  private void membershipChanged() {
    RoomChain chain = parts.chains == null ? null : parts.chains.chain();
    parts.gate.chainOwed(chain != null && chain.owesGeneration());
    parts.gate.role(parts.roster.ownRole());
    checkKeys();
    owed.consider();
    updateState();
    outbox.pump();
  }

  /** A key of an older secret than the chain's newest is known to somebody who is out. */
  private void checkKeys() {
    RoomChain chain = parts.chains == null ? null : parts.chains.chain();
    var current = parts.keys.current();
    parts.gate.keys(current != null && (chain == null || current.key().g() == chain.generation()));
  }

  private void rekeyed() {
    parts.gate.tampered(false);
    parts.gate.behind(false);
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
                      : parts.gate.isOpen() ? RoomState.LIVE : RoomState.CONNECTING;
        };
    parts.events.state(next);
  }

  private void warn(ClientProblem problem) {
    parts.events.warning(
        RoomWarning.Kind.TAMPERED, Position.ZERO, String.valueOf(problem.getMessage()));
  }

  private final class Output implements StreamOutput {
    @Override
    public void entry(Entry entry) {
      pipeline.entry(entry);
    }

    @Override
    public void startsAt(HubFrame.Joined joined) {
      pipeline.startsAt(joined);
    }

    @Override
    public boolean isFull() {
      return pipeline.queue().isFull();
    }

    @Override
    public CompletableFuture<Void> hasRoom() {
      return pipeline.queue().hasRoom();
    }

    @Override
    public void gap(Position from, Position to) {
      pipeline.queue().then(() -> parts.events.gap(from, to));
    }

    @Override
    public void repaired(Position from, Position to) {
      pipeline.queue().then(() -> parts.events.repaired(from, to));
    }

    @Override
    public void incomplete(Position from, Position to) {
      String text = "the entries after " + from + " up to " + to + " could not be had";
      pipeline.queue().then(() -> parts.events.warning(RoomWarning.Kind.INCOMPLETE, to, text));
    }

    @Override
    public void withdrawn(List<Position> positions) {
      pipeline.withdrawn(positions);
    }

    @Override
    public void rejoin() {
      hub.rejoin(parts.room, Duration.ZERO);
    }

    @Override
    public void phaseChanged() {
      updateState();
    }
  }

  private final class Hooks implements EntryPipeline.Hooks {
    @Override
    public void passed(Entry entry) {
      outbox.passed(entry);
    }

    @Override
    public void rekeyed() {
      RoomEngine.this.rekeyed();
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
      if (problem.isLoud()) {
        parts.gate.tampered(true);
        warn(problem);
      } else {
        hub.refreshTicket();
      }
      if (!live.isDone()) {
        live.completeExceptionally(problem);
        live = new CompletableFuture<>();
      }
      updateState();
    }
  }
}

package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Carrier;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.content.ContentCodec;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One room of the session, from its keys to its listeners. Belongs to the client's loop.
 *
 * <p>Not joined until somebody listens or publishes; joined from then on.
 */
public final class RoomEngine {
  private final Surroundings around;
  private final RoomParts parts;
  private final RoomMachine machine;
  private final RoomPeople people;
  private final HistoryReader reader;
  private volatile Answers.Room view;
  private @Nullable CompletableFuture<Void> opened;

  /** Fails with {@code TAMPERED} when the view does not fit the id of the room. */
  public RoomEngine(Surroundings around, HubSide hub, Answers.Room view) {
    this.around = around;
    this.view = view;
    this.parts = new RoomParts(around, view);
    this.machine = new RoomMachine(around, parts, hub, view.tag());
    people = new RoomPeople(around, parts, this::open, machine::membershipChanged);
    reader =
        new HistoryReader(
            parts.history,
            parts.keys,
            parts.opener,
            () ->
                machine.stream().phase() == RoomStream.Phase.LIVE
                    ? machine.stream().last()
                    : Position.ZERO);
    parts.gate.authorityOwed(view.owesGeneration(), view.generation());
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
    return machine.stream().last();
  }

  /** The newest position of earlier runs. */
  public Position remembered() {
    return parts.pins.position();
  }

  /** Who is in here, and the changes of that. */
  public RoomPeople people() {
    return people;
  }

  /** Fails with {@code NOT_ALLOWED} for a managed room. */
  public SealedInvites invites() {
    return parts.sealed("invitations").invites;
  }

  /** By which own keys this account reads here, or read last. */
  public Identity reader() {
    return parts.sealed == null ? around.self() : parts.sealed.groups.reader();
  }

  /**
   * Puts the newest card of this account in the place of those that it replaced, with a new secret,
   * if the room lets this account do so. Can be repeated; does nothing where no former card is.
   */
  public CompletableFuture<Readmission> readmit() {
    SealedParts sealed = parts.sealed;
    if (sealed == null) {
      return CompletableFuture.completedFuture(Readmission.NOTHING);
    }
    return open()
        .thenCompose(done -> sealed.readmitting.readmit())
        .thenCompose(
            how -> parts.roster.refresh().thenRun(machine::membershipChanged).thenApply(d -> how));
  }

  /** Who made a sealed room, from its verified chain; null before it is open. */
  public @Nullable Contact creator() {
    Fingerprint creator = parts.sealed == null ? null : parts.sealed.creator();
    return creator == null ? null : around.directory().contact(creator);
  }

  /** Whether its user said that this is the room he means. */
  public boolean isConfirmed() {
    return parts.pins.isConfirmed();
  }

  public void confirm() {
    parts.pins.confirm();
  }

  /** Makes the secret that a sealed room owes, if this member may. */
  public CompletableFuture<Void> makeOwed() {
    return parts.membership.makeOwed(false).thenApply(made -> null);
  }

  /** Of a room too that does not open: what is owed in it is not made before. */
  public CompletableFuture<Void> leave() {
    return parts
        .roster
        .refresh()
        .thenCompose(done -> parts.membership.leave())
        .thenRun(machine::removed);
  }

  public CompletableFuture<Void> rename(String name) {
    return open().thenCompose(done -> parts.membership.rename(name));
  }

  public boolean isAttached() {
    return machine.isAttached();
  }

  /** The authority described the room anew. */
  public void refreshed(Answers.Room newer) {
    view = newer;
    parts.gate.authorityOwed(newer.owesGeneration(), newer.generation());
  }

  /** Knows the members, verified; asks once. */
  public CompletableFuture<Void> open() {
    CompletableFuture<Void> current = opened;
    if (current != null && !current.isCompletedExceptionally()) {
      return current;
    }
    CompletableFuture<Void> started =
        parts.roster.refresh().thenRun(this::checkView).thenCompose(done -> renewGroups());
    opened = started;
    return started;
  }

  private CompletableFuture<Void> renewGroups() {
    SealedParts sealed = parts.sealed;
    return sealed == null ? CompletableFuture.completedFuture(null) : sealed.renewGroups();
  }

  private void checkView() {
    if (parts.sealed != null) {
      parts.sealed.requireSame(view);
    }
    machine.membershipChanged();
  }

  /** The room's name: null when it has none or may not be read. */
  public CompletableFuture<@Nullable String> name() {
    SealedParts sealed = parts.sealed;
    if (sealed == null) {
      return CompletableFuture.completedFuture(view.name());
    }
    return sealed.name.of(view.info()).thenApply(info -> info == null ? null : info.name());
  }

  /** The items of a sealed room. Fails with {@code NOT_ALLOWED} for a managed one. */
  public SealedItems items() {
    return parts.sealed("items").items;
  }

  /** Folders of a sealed room. Fails with {@code NOT_ALLOWED} for a managed one. */
  public FolderChanges folders() {
    return parts.sealed("folders").folders;
  }

  public CompletableFuture<HistoryView> history(@Nullable Position before, int limit) {
    return open().thenCompose(done -> reader.page(before, limit));
  }

  /** Joined and with keys when it completes; goes on trying when the hub is away. */
  public CompletableFuture<Void> attach(@Nullable Position after) {
    if (!isAttached() && after != null) {
      machine.stream().resumeAfter(after);
    }
    return open().thenCompose(done -> machine.attach());
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
              if (!machine.hasPlace()) {
                return CompletableFuture.failedFuture(Rooms.tooMany());
              }
              Futures.fire(attach(null));
              return machine.outbox().publish(content);
            });
  }

  /** Fails with {@code MalformedException} when no signal may carry the content. */
  public CompletableFuture<Void> signal(Content said) {
    machine.sending().signal(ContentCodec.encode(said, Carrier.SIGNAL));
    return CompletableFuture.completedFuture(null);
  }

  ClientFrame.Join.Request joinRequest() {
    return machine.joinRequest();
  }

  void frame(HubFrame frame) {
    machine.frame(frame);
  }

  void ticket(Answers.@Nullable TicketRoom said) {
    machine.ticket(said);
  }

  void lost() {
    machine.lost();
  }

  void end(ClientProblem problem) {
    machine.end(problem);
  }
}

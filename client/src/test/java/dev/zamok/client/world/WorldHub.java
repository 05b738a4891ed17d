package dev.zamok.client.world;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.link.HubLink;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A hub that speaks the real codec, and misbehaves where a test wants it. */
public final class WorldHub implements HubLink.Dialer {
  static final int HEARTBEAT_SECONDS = 30;

  private final World world;
  public final List<Link> links = new ArrayList<>();

  /** Frames of clients, as they came in. */
  public final List<ClientFrame> received = new ArrayList<>();

  /** When connections were asked for, by the loop's clock. */
  public final List<Long> dials = new ArrayList<>();

  /** The answers to the next publications, instead of taking them. */
  public final Deque<ErrorCode> refusals = new ArrayDeque<>();

  /** Entries that are not delivered, though they are in the log. */
  public Predicate<Entry> withheld = entry -> false;

  /** So many joins are refused, as if the member were out. */
  public int refusedJoins;

  public boolean reachable = true;

  /** Publications vanish without an answer. */
  public boolean deaf;

  WorldHub(World world) {
    this.world = world;
  }

  @Override
  public CompletableFuture<HubLink> dial(URI hub, HubLink.Receiver receiver) {
    dials.add(world.loop.monotonicMillis());
    CompletableFuture<HubLink> result = new CompletableFuture<>();
    world.loop.execute(
        () -> {
          if (reachable) {
            Link link = new Link(receiver);
            links.add(link);
            result.complete(link);
          } else {
            result.completeExceptionally(ClientProblem.unavailable("no hub", false));
          }
        });
    return result;
  }

  public void deliver(Entry entry) {
    if (withheld.test(entry)) {
      return;
    }
    for (Link link : List.copyOf(links)) {
      if (link.joined.contains(entry.room())) {
        link.send(new HubFrame.Entry(entry));
      }
    }
  }

  void evict(WorldRoom room, Fingerprint gone) {
    for (Link link : List.copyOf(links)) {
      WorldAccount holder = link.holder;
      if (holder != null && holder.identity.fingerprint().equals(gone)) {
        if (link.joined.remove(room.id)) {
          link.send(new HubFrame.Evicted(room.id, ErrorCode.EVICTED));
        }
      }
    }
  }

  /** All connections break, without a word. */
  public void cut() {
    closeAll(1006);
  }

  public void closeAll(int code) {
    for (Link link : List.copyOf(links)) {
      links.remove(link);
      world.loop.execute(() -> link.receiver.closed(code));
    }
  }

  public List<ClientFrame.Publish> publications() {
    return received.stream()
        .filter(ClientFrame.Publish.class::isInstance)
        .map(ClientFrame.Publish.class::cast)
        .toList();
  }

  public Link link(WorldAccount holder) {
    return links.stream().filter(link -> link.holder == holder).findFirst().orElseThrow();
  }

  /** One connection. */
  public final class Link implements HubLink {
    final Receiver receiver;
    final Set<RoomId> joined = new HashSet<>();
    @Nullable WorldAccount holder;
    private long arrivesAtHub;
    private long arrivesAtClient;
    Answers.@Nullable Ticket ticket;

    Link(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void send(Bytes frame) {
      ClientFrame decoded = ClientFrames.decode(frame);
      received.add(decoded);
      arrivesAtHub = later(arrivesAtHub, () -> handle(decoded));
    }

    /** Behind what was sent at {@code before}. */
    private long later(long before, Runnable task) {
      long now = world.loop.monotonicMillis();
      long at = Math.max(before, now + world.lagMillis.getAsLong());
      world.loop.after(Duration.ofMillis(at - now), task);
      return at;
    }

    @Override
    public void close() {
      links.remove(this);
    }

    public void send(HubFrame frame) {
      Bytes bytes = HubFrames.encode(frame);
      arrivesAtClient =
          later(
              arrivesAtClient,
              () -> {
                if (links.contains(this)) {
                  receiver.received(bytes);
                }
              });
    }

    private void handle(ClientFrame frame) {
      if (!links.contains(this)) {
        return;
      }
      if (frame instanceof ClientFrame.Hello hello) {
        admit(hello.ticket());
      } else if (frame instanceof ClientFrame.Renew renew) {
        admit(renew.ticket());
      } else if (frame instanceof ClientFrame.Join join) {
        join.requests().forEach(this::join);
      } else if (frame instanceof ClientFrame.Publish publish) {
        publish(publish);
      } else if (frame instanceof ClientFrame.Signal signal) {
        signal(signal);
      } else if (frame instanceof ClientFrame.Leave leave) {
        joined.remove(leave.room());
      } else if (frame instanceof ClientFrame.Ping ping) {
        send(new HubFrame.Pong(ping.nonce()));
      }
    }

    private void admit(String text) {
      Answers.Ticket shown = world.tickets.get(text);
      holder = world.ticketHolders.get(text);
      ticket = shown;
      if (shown == null) {
        throw new IllegalStateException("a ticket that was not made here");
      }
      HubFrame.Limits limits = new HubFrame.Limits(65_536, 512, 50, 100, HEARTBEAT_SECONDS);
      send(new HubFrame.Welcome(shown.connection(), limits, shown.expiresAtMillis()));
    }

    private MemberTag tag(RoomId room) {
      Answers.Ticket current = ticket;
      if (current != null) {
        for (Answers.TicketRoom named : current.rooms()) {
          if (named.room().equals(room)) {
            return named.tag();
          }
        }
      }
      return MemberTag.NONE;
    }

    private boolean isMember(RoomId id) {
      WorldAccount who = holder;
      return who != null && world.room(id).person(who) != null;
    }

    private void join(ClientFrame.Join.Request request) {
      RoomId id = request.room();
      boolean refused = refusedJoins > 0 && refusedJoins-- > 0;
      if (refused || !isMember(id) || tag(id).equals(MemberTag.NONE)) {
        send(new HubFrame.Reject(HubFrame.Request.JOIN, id, MessageId.NONE, ErrorCode.EVICTED, 0));
        return;
      }
      WorldRoom room = world.room(id);
      joined.add(id);
      Position after = request.resumeAfter();
      HubFrame.Recovery recovery = HubFrame.Recovery.INCOMPLETE;
      if (after != null) {
        boolean has = room.log.stream().anyMatch(entry -> entry.position().equals(after));
        if (!has && !after.equals(Position.ZERO)) {
          recovery = HubFrame.Recovery.LOST;
        } else if (!room.floor.isAfter(after)) {
          recovery = HubFrame.Recovery.COMPLETE;
        }
      }
      List<Bytes> rekeys =
          room.epochs.tailMap(request.epochKnown(), false).values().stream()
              .map(epoch -> epoch.rekey().encoded())
              .toList();
      send(new HubFrame.Joined(id, room.head(), recovery, room.epoch(), rekeys, links.size()));
      if (recovery == HubFrame.Recovery.COMPLETE && after != null) {
        for (Entry entry : room.log) {
          if (entry.position().isAfter(after) && !withheld.test(entry)) {
            send(new HubFrame.Entry(entry));
          }
        }
      }
    }

    private void publish(ClientFrame.Publish publish) {
      if (deaf) {
        return;
      }
      WorldRoom room = world.room(publish.room());
      MemberTag tag = tag(room.id);
      for (Entry entry : room.log) {
        if (entry.tag().equals(tag) && entry.id().equals(publish.id())) {
          send(new HubFrame.Ack(room.id, publish.id(), entry.position()));
          return;
        }
      }
      ErrorCode refusal = refusals.poll();
      if (refusal == null && !joined.contains(room.id)) {
        refusal = ErrorCode.NOT_JOINED;
      }
      if (refusal == null && (publish.epoch() < room.minEpoch || publish.epoch() > room.epoch())) {
        refusal = ErrorCode.STALE_EPOCH;
      }
      if (refusal != null) {
        send(new HubFrame.Reject(HubFrame.Request.PUBLISH, room.id, publish.id(), refusal, 0));
        return;
      }
      Entry entry =
          room.append(EntryKind.MESSAGE, tag, publish.epoch(), publish.id(), publish.envelope());
      send(new HubFrame.Ack(room.id, publish.id(), entry.position()));
    }

    private void signal(ClientFrame.Signal signal) {
      WorldRoom room = world.room(signal.room());
      for (Link link : List.copyOf(links)) {
        if (link != this && link.joined.contains(room.id)) {
          link.send(new HubFrame.Signal(room.id, tag(room.id), room.head(), signal.envelope()));
        }
      }
    }
  }
}

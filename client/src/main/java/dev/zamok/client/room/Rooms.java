package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.connection.ConnectionListener;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All rooms of a session, and which frame is for whom. Belongs to the client's loop. */
public final class Rooms implements ConnectionListener {
  /** The refusal of who wants to join more rooms than a client can. */
  public static final String TOO_MANY = "too-many-rooms";

  private final Surroundings around;
  private final HubSide hub;
  private final Map<RoomId, RoomEngine> engines = new LinkedHashMap<>();
  private int roomsMax = ClientFrame.Join.ROOMS_MAX;
  private @Nullable ClientProblem ended;

  public Rooms(Surroundings around, HubSide hub) {
    this.around = around;
    this.hub = hub;
  }

  /** The engine of the room that the authority describes, made if it is not there. */
  public RoomEngine room(Answers.Room view) {
    RoomEngine known = engines.get(view.room());
    if (known != null && known.state() != RoomState.REMOVED) {
      known.refreshed(view);
      return known;
    }
    RoomEngine made = new RoomEngine(around, hub, view);
    engines.put(view.room(), made);
    ClientProblem over = ended;
    if (over != null) {
      made.end(over);
    }
    return made;
  }

  public @Nullable RoomEngine known(RoomId room) {
    return engines.get(room);
  }

  /**
   * Whether one more can be joined: as many as the hub said last, and {@link
   * ClientFrame.Join#ROOMS_MAX} at most.
   */
  public boolean hasPlace() {
    return engines.values().stream().filter(RoomEngine::isAttached).count() < roomsMax;
  }

  static ClientProblem tooMany() {
    return ClientProblem.refused(
        ClientProblem.Kind.REFUSED,
        TOO_MANY,
        "a program follows at most "
            + ClientFrame.Join.ROOMS_MAX
            + " rooms at a time, and no more than its server lets it",
        0);
  }

  @Override
  public void welcomed(HubFrame.Limits limits) {
    roomsMax = Math.min(ClientFrame.Join.ROOMS_MAX, limits.roomsMax());
  }

  @Override
  public Set<RoomId> wanted() {
    Set<RoomId> wanted = new LinkedHashSet<>();
    engines.values().stream()
        .filter(RoomEngine::isAttached)
        .limit(ClientFrame.Join.ROOMS_MAX)
        .forEach(engine -> wanted.add(engine.id()));
    return wanted;
  }

  @Override
  public ClientFrame.Join.Request joinRequest(RoomId room) {
    RoomEngine engine = engines.get(room);
    if (engine == null) {
      throw new IllegalStateException("joining a room that is not there");
    }
    return engine.joinRequest();
  }

  @Override
  public void ticket(Answers.Ticket ticket, Set<RoomId> asked) {
    Map<RoomId, Answers.TicketRoom> named = new HashMap<>();
    ticket.rooms().forEach(room -> named.put(room.room(), room));
    for (RoomEngine engine : List.copyOf(engines.values())) {
      if (engine.isAttached() && asked.contains(engine.id())) {
        engine.ticket(named.get(engine.id()));
      }
    }
  }

  @Override
  public void frame(HubFrame frame) {
    RoomEngine engine = frame.accept(RoomOf.INSTANCE).map(engines::get).orElse(null);
    if (engine != null && engine.isAttached()) {
      engine.frame(frame);
    }
  }

  @Override
  public void lost() {
    List.copyOf(engines.values()).forEach(RoomEngine::lost);
  }

  @Override
  public void ended(ClientProblem problem) {
    ended = problem;
    List.copyOf(engines.values()).forEach(engine -> engine.end(problem));
  }

  private static final class RoomOf implements HubFrame.Visitor<Optional<RoomId>> {
    private static final RoomOf INSTANCE = new RoomOf();

    @Override
    public Optional<RoomId> welcome(HubFrame.Welcome frame) {
      return Optional.empty();
    }

    @Override
    public Optional<RoomId> joined(HubFrame.Joined frame) {
      return Optional.of(frame.room());
    }

    @Override
    public Optional<RoomId> entry(HubFrame.Entry frame) {
      return Optional.of(frame.entry().room());
    }

    @Override
    public Optional<RoomId> ack(HubFrame.Ack frame) {
      return Optional.of(frame.room());
    }

    @Override
    public Optional<RoomId> reject(HubFrame.Reject frame) {
      return Optional.of(frame.room());
    }

    @Override
    public Optional<RoomId> signal(HubFrame.Signal frame) {
      return Optional.of(frame.room());
    }

    @Override
    public Optional<RoomId> gap(HubFrame.Gap frame) {
      return Optional.of(frame.room());
    }

    @Override
    public Optional<RoomId> evicted(HubFrame.Evicted frame) {
      return Optional.of(frame.room());
    }

    @Override
    public Optional<RoomId> presence(HubFrame.Presence frame) {
      return Optional.of(frame.room());
    }

    @Override
    public Optional<RoomId> pong(HubFrame.Pong frame) {
      return Optional.empty();
    }
  }
}

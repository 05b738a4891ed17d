package dev.zamok.load.traffic;

import dev.zamok.client.Room;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.load.audit.Seat;
import dev.zamok.load.audit.Send;
import dev.zamok.load.audit.Send.Outcome;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Content;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One account at work: a real client, everything it sees and does written down. */
final class Member implements AutoCloseable {
  /** Patience with a server under load; nothing is judged by it. */
  static final Duration ANSWER_MAX = Duration.ofMinutes(3);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(45);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  private final Login login;
  private final ZamokClient client;
  private final Session session;
  private final WireTap tap = new WireTap();
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();
  private final Map<RoomId, SeatRecorder> seats = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();

  private Member(Login login) {
    this.login = login;
    client =
        ZamokClient.builder()
            .server(login.server())
            .trust(ServerTrust.pinned(login.fingerprint()))
            .deviceName("load")
            .requestTimeout(REQUEST_TIMEOUT)
            .connectTimeout(CONNECT_TIMEOUT)
            .masterPasswordCost(
                new KdfParams.Argon2id(
                    KdfParams.Argon2id.MEMORY_KIB_MIN, KdfParams.Argon2id.PASSES_MIN, 1))
            .frameTap(tap)
            .build();
    session =
        Waiting.get(
            client.register(
                login.name(), login.password().toCharArray(), login.master().toCharArray()),
            ANSWER_MAX);
  }

  /** Makes the account and logs in. Blocks. */
  static Member register(Login login) {
    return new Member(login);
  }

  Login login() {
    return login;
  }

  Session session() {
    return session;
  }

  /** Joins and listens. Blocks. */
  void enter(Room room) {
    SeatRecorder recorder = new SeatRecorder(login.name(), room.id());
    tap.add(room.id(), recorder);
    seats.put(room.id(), recorder);
    Waiting.get(room.subscribe(recorder), ANSWER_MAX);
    Waiting.get(room.members(), ANSWER_MAX).stream()
        .filter(member -> member.self())
        .forEach(member -> recorder.tag(member.tag()));
    rooms.put(room.id(), room);
  }

  void enter(RoomId room) {
    enter(Waiting.get(session.room(room), ANSWER_MAX));
  }

  Room room(RoomId id) {
    Room room = rooms.get(id);
    if (room == null) {
      throw new IllegalStateException(login + " is not in " + id);
    }
    return room;
  }

  SeatRecorder seat(RoomId id) {
    SeatRecorder seat = seats.get(id);
    if (seat == null) {
      throw new IllegalStateException(login + " is not in " + id);
    }
    return seat;
  }

  List<RoomId> rooms() {
    return List.copyOf(rooms.keySet());
  }

  /** Does not block; the outcome is written down. */
  CompletableFuture<Void> say(RoomId id, String content) {
    SeatRecorder seat = seat(id);
    long start = System.nanoTime();
    underWay.incrementAndGet();
    return room(id)
        .publish(Content.text(content))
        .handle(
            (published, failure) -> {
              boolean known =
                  failure == null
                      || (ClientProblem.unwrap(failure) instanceof ClientProblem problem
                          && !problem.outcomeUnknown());
              Outcome outcome =
                  failure == null
                      ? Outcome.ACKNOWLEDGED
                      : known ? Outcome.REFUSED : Outcome.UNKNOWN;
              Position position = failure == null ? published.position() : Position.ZERO;
              seat.sent(new Send(content, outcome, position, start, System.nanoTime()));
              underWay.decrementAndGet();
              return null;
            });
  }

  /** Messages without an outcome so far. */
  int underWay() {
    return underWay.get();
  }

  List<Seat> recorded() {
    return seats.values().stream().map(SeatRecorder::seat).toList();
  }

  @Override
  public void close() {
    client.close();
  }
}

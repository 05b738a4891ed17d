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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One account at work: a real client, everything it sees and does written down. */
public final class Member implements AutoCloseable {
  /** Patience with a server under load; nothing is judged by it. */
  static final Duration ANSWER_MAX = Duration.ofMinutes(3);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(45);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  private final Login login;
  private final ZamokClient client;
  private final Session session;
  private final WireTap tap;
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();
  private final Map<RoomId, SeatRecorder> seats = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();

  private Member(Login login, ZamokClient client, WireTap tap, Session session) {
    this.login = login;
    this.client = client;
    this.tap = tap;
    this.session = session;
  }

  /** Makes the account and logs in. Blocks. */
  static Member register(Login login) {
    return Waiting.get(registering(login), ANSWER_MAX);
  }

  /** Makes the account and logs in. Does not block, but for what a client takes to be made. */
  public static CompletableFuture<Member> registering(Login login) {
    return starting(
        login,
        client ->
            client.register(
                login.name(), login.password().toCharArray(), login.master().toCharArray()));
  }

  /** Logs in to the account that there is, as a new device. As {@link #registering}. */
  public static CompletableFuture<Member> loggingIn(Login login) {
    return starting(
        login,
        client ->
            client
                .login(login.name(), login.password().toCharArray())
                .thenCompose(half -> half.unlock(login.master().toCharArray())));
  }

  private static CompletableFuture<Member> starting(
      Login login, Function<ZamokClient, CompletableFuture<Session>> start) {
    WireTap tap = new WireTap();
    ZamokClient client =
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
    return start
        .apply(client)
        .thenApply(session -> new Member(login, client, tap, session))
        .whenComplete(
            (member, failure) -> {
              if (failure != null) {
                // Not on the client's own loop, which it waits for.
                var unused = CompletableFuture.runAsync(client::close);
              }
            });
  }

  public Login login() {
    return login;
  }

  public Session session() {
    return session;
  }

  /** Joins and listens. Blocks. */
  void enter(Room room) {
    Waiting.get(entering(room), ANSWER_MAX);
  }

  void enter(RoomId room) {
    Waiting.get(entering(room), ANSWER_MAX);
  }

  /** Joins and listens. */
  CompletableFuture<Void> entering(Room room) {
    SeatRecorder recorder = new SeatRecorder(login.name(), room.id());
    tap.add(room.id(), recorder);
    seats.put(room.id(), recorder);
    return room.subscribe(recorder)
        .thenCompose(subscription -> room.members())
        .thenAccept(
            members -> {
              members.stream()
                  .filter(member -> member.self())
                  .forEach(member -> recorder.tag(member.tag()));
              rooms.put(room.id(), room);
            });
  }

  CompletableFuture<Void> entering(RoomId room) {
    return session.room(room).thenCompose(this::entering);
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

  /** Does not block; never fails: the outcome is written down. */
  public CompletableFuture<Send> say(RoomId id, String content) {
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
              Send send = new Send(content, outcome, position, start, System.nanoTime());
              seat.sent(send);
              underWay.decrementAndGet();
              return send;
            });
  }

  /** Messages without an outcome so far. */
  int underWay() {
    return underWay.get();
  }

  Collection<SeatRecorder> recorders() {
    return seats.values();
  }

  List<Seat> recorded() {
    return seats.values().stream().map(SeatRecorder::seat).toList();
  }

  @Override
  public void close() {
    client.close();
  }
}

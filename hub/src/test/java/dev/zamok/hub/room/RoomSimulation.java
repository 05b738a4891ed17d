package dev.zamok.hub.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.TestTickets;
import dev.zamok.hub.admission.TestFrames;
import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.roomlog.Append;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One run of {@link RoomSimulationTest}: everything that happens follows from its seed. */
final class RoomSimulation {
  private final Random random;
  private final List<Runnable> calls = new ArrayList<>();
  private final List<Runnable> outcomes = new ArrayList<>();
  private final ArrayDeque<Runnable> deliveries = new ArrayDeque<>();
  private final ArrayDeque<Runnable> endOfTurn = new ArrayDeque<>();
  private final MemoryRoomLog log = new MemoryRoomLog(calls::add, outcomes::add, deliveries::add);
  final HubMetrics metrics = new HubMetrics();
  private final Rooms rooms;
  private final List<RoomId> ids = List.of(TestTickets.room(1), TestTickets.room(2));
  private final List<SimulatedClient> clients = new ArrayList<>();
  private boolean failing;
  private long nanos;
  private long numbers;
  int step;

  RoomSimulation(long seed) {
    random = new Random(seed);
    HubLimits limits =
        HubLimits.defaults()
            .with(new HubLimits.Sizes(65_536, 262_144, 65_536, 1_024, 3_000, 4_000));
    rooms =
        new Rooms(
            log,
            endOfTurn::add,
            limits,
            metrics,
            new PresenceBoard(),
            new Rooms.Options(false, null));
    ids.forEach(id -> log.open(id, 0));
  }

  void run() {
    for (step = 0; step < RoomSimulationTest.STEPS; step++) {
      act();
      turn();
    }
    settle();
    clients.forEach(this::check);
  }

  private void turn() {
    while (!endOfTurn.isEmpty()) {
      endOfTurn.remove().run();
    }
  }

  private void act() {
    int dice = random.nextInt(100);
    if (dice < 20) {
      runOne(calls);
    } else if (dice < 40) {
      runOne(outcomes);
    } else if (dice < 55) {
      if (!deliveries.isEmpty()) {
        deliveries.remove().run();
      }
    } else if (dice < 70) {
      append(random.nextInt(12) == 0);
    } else if (dice < 85) {
      read(1 + random.nextInt(10));
    } else if (dice < 93) {
      joinOrLeave();
    } else if (dice < 95) {
      sweep();
    } else if (dice < 96) {
      forget();
    } else if (dice < 97) {
      comeOrGo();
    } else if (dice < 98) {
      log.tellReread(anyRoom());
    } else if (dice < 99) {
      failing = !failing && random.nextInt(3) == 0;
      log.failing(failing);
    } else {
      evict();
    }
  }

  private void runOne(List<Runnable> from) {
    if (!from.isEmpty()) {
      from.remove(random.nextInt(from.size())).run();
    }
  }

  private RoomId anyRoom() {
    return ids.get(random.nextInt(ids.size()));
  }

  private void append(boolean silently) {
    Append append =
        Append.message(
            anyRoom(),
            MemberTag.NONE,
            0,
            0,
            MemoryRoomLog.id(++numbers),
            Bytes.wrap(new byte[random.nextInt(400)]));
    if (silently) {
      log.appendSilently(append);
    } else {
      log.appendNow(append);
    }
  }

  private void evict() {
    // below 1: a new ticket of the same version is admitted again, so that the room lives on
    MemberTag tag = new MemberTag(1 + random.nextInt(20));
    log.appendNow(
        Append.evict(anyRoom(), 0, tag, 1 + random.nextInt(2), 0, MemoryRoomLog.id(++numbers)));
  }

  private void forget() {
    RoomId room = anyRoom();
    List<Entry> entries = log.entries(room);
    if (!entries.isEmpty()) {
      log.forget(room, entries.get(random.nextInt(entries.size())).position());
    }
  }

  private void read(int frames) {
    if (clients.isEmpty()) {
      return;
    }
    SimulatedClient client = clients.get(random.nextInt(clients.size()));
    for (int i = 0; i < frames && client.read(); i++) {
      // each is checked as it is read
    }
    if (client.socket.becameWritable()) {
      client.attendance.writable();
    }
  }

  private void comeOrGo() {
    if (clients.size() < 6) {
      int number = (int) ++numbers;
      SessionId session = new SessionId(1, number);
      clients.add(new SimulatedClient(socket -> rooms.attend(socket, session)));
    } else {
      SimulatedClient gone = clients.remove(random.nextInt(clients.size()));
      gone.attendance.closed();
    }
  }

  private void joinOrLeave() {
    if (clients.isEmpty()) {
      comeOrGo();
    }
    SimulatedClient client = clients.get(random.nextInt(clients.size()));
    RoomId room = anyRoom();
    SimulatedClient.View view = client.view(room);
    if (view.joinsUnanswered > 0) {
      return;
    }
    // what was sent for the old membership is read before a new one begins
    while (client.read()) {
      // all of it
    }
    if (client.socket.becameWritable()) {
      client.attendance.writable();
    }
    if (view.joined && random.nextInt(3) == 0) {
      view.joined = false;
      client.attendance.leave(room);
      return;
    }
    Position last = view.has;
    view.resumeAfter = last != null && random.nextBoolean() ? last : anyPosition(room);
    view.joined = false;
    view.joinsUnanswered++;
    Grant grant =
        TestTickets.grant(room, 1 + random.nextInt(20), TestTickets.TALK, random.nextInt(3));
    client.attendance.join(TestFrames.join(grant, view.resumeAfter));
  }

  private @org.jspecify.annotations.Nullable Position anyPosition(RoomId room) {
    List<Entry> entries = log.entries(room);
    if (entries.isEmpty() || random.nextBoolean()) {
      return null;
    }
    return entries.get(random.nextInt(entries.size())).position();
  }

  private void sweep() {
    nanos += 1_000_000_000L;
    rooms.sweep(nanos);
  }

  /** Everything is answered, delivered and read; nothing new happens. */
  private void settle() {
    failing = false;
    log.failing(false);
    // either is enough to find what was lost: the word of the log, or the next entry
    boolean told = random.nextBoolean();
    for (RoomId id : ids) {
      if (told) {
        log.tellReread(id);
      } else {
        log.appendNow(
            Append.message(id, MemberTag.NONE, 0, 0, MemoryRoomLog.id(++numbers), Bytes.EMPTY));
      }
    }
    for (int round = 0; round < 40; round++) {
      while (!calls.isEmpty() || !outcomes.isEmpty() || !deliveries.isEmpty()) {
        runOne(calls);
        runOne(outcomes);
        if (!deliveries.isEmpty()) {
          deliveries.remove().run();
        }
        turn();
      }
      for (SimulatedClient client : clients) {
        while (client.read()) {
          // all of it
        }
        if (client.socket.becameWritable()) {
          client.attendance.writable();
        }
        turn();
      }
      sweep();
      turn();
    }
  }

  private void check(SimulatedClient client) {
    if (client.socket.closed != null) {
      assertThat(client.socket.closed).isEqualTo(CloseCode.LOG_UNAVAILABLE);
      return;
    }
    for (RoomId room : ids) {
      SimulatedClient.View view = client.view(room);
      assertThat(view.joinsUnanswered).isZero();
      if (view.joined) {
        List<Entry> entries = log.entries(room);
        Position has = view.has == null ? view.head : view.has;
        assertThat(entries.isEmpty() || has.equals(entries.get(entries.size() - 1).position()))
            .as("has everything")
            .isTrue();
      }
    }
  }
}

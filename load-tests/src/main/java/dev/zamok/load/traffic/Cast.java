package dev.zamok.load.traffic;

import dev.zamok.client.Room;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.load.relay.Relay;
import dev.zamok.protocol.RoomId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * All members and rooms of a run. The first member of each room owns it and stays; rooms share
 * members, so that every client is in several.
 */
final class Cast implements AutoCloseable {
  /** Servers let one address register 20 accounts at once. */
  private static final int CLIENTS_PER_SOURCE = 16;

  private static final int WIDTH = 4;

  private final Relay relay;
  private final List<Member> members;
  private final Map<RoomId, List<Member>> rooms;

  private Cast(Relay relay, List<Member> members, Map<RoomId, List<Member>> rooms) {
    this.relay = relay;
    this.members = members;
    this.rooms = rooms;
  }

  /** Registers everybody, makes the rooms, invites, joins. Blocks. */
  static Cast assemble(Plan plan, String prefix) {
    int sources = 1 + (plan.clients() - 1) / CLIENTS_PER_SOURCE;
    Relay relay =
        Relay.start(
            sources,
            plan.servers().stream()
                .map(server -> new InetSocketAddress(server.getHost(), server.getPort()))
                .toList());
    ExecutorService pool = Executors.newFixedThreadPool(WIDTH);
    try {
      List<Callable<Member>> registrations =
          IntStream.range(0, plan.clients())
              .<Callable<Member>>mapToObj(
                  i -> {
                    int port = relay.ports().get(i / CLIENTS_PER_SOURCE);
                    URI server = URI.create("https://127.0.0.1:" + port);
                    Login login = new Login(server, plan.fingerprint(), prefix + "-" + i);
                    return () -> Member.register(login);
                  })
              .toList();
      List<Member> members = all(pool, registrations);
      List<Callable<Map.Entry<RoomId, List<Member>>>> makings =
          IntStream.range(0, plan.rooms())
              .<Callable<Map.Entry<RoomId, List<Member>>>>mapToObj(
                  i -> {
                    List<Member> those = membersOf(plan, members, i);
                    return () -> Map.entry(make("room " + i, those), those);
                  })
              .toList();
      Map<RoomId, List<Member>> rooms = new LinkedHashMap<>();
      all(pool, makings).forEach(made -> rooms.put(made.getKey(), made.getValue()));
      return new Cast(relay, members, rooms);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Client c is in the rooms c, c + 1, … (modulo their number). */
  private static List<Member> membersOf(Plan plan, List<Member> members, int room) {
    List<Member> those = new ArrayList<>();
    for (int c = 0; c < members.size(); c++) {
      if (Math.floorMod(room - c, plan.rooms()) < plan.roomsPerClient()) {
        those.add(members.get(c));
      }
    }
    return those;
  }

  private static RoomId make(String name, List<Member> members) {
    Member owner = members.get(0);
    Room room = Waiting.get(owner.session().createPrivate(name, History.FULL), Member.ANSWER_MAX);
    for (Member member : members.subList(1, members.size())) {
      Waiting.get(room.invite(member.login().name(), Role.WRITER), Member.ANSWER_MAX);
    }
    owner.enter(room);
    members.subList(1, members.size()).forEach(member -> member.enter(room.id()));
    return room.id();
  }

  private static <T> List<T> all(ExecutorService pool, List<Callable<T>> tasks) {
    try {
      List<T> done = new ArrayList<>();
      for (Future<T> task : pool.invokeAll(tasks)) {
        done.add(task.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the members could not be assembled", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<Member> members() {
    return members;
  }

  /** The owner first. */
  Map<RoomId, List<Member>> rooms() {
    return rooms;
  }

  @Override
  public void close() {
    members.forEach(Member::close);
    relay.close();
  }
}

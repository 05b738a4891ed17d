package dev.zamok.client.world;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The authority as one session sees it. Each answer takes one turn of the loop. */
public class WorldSession implements SessionApi {
  static final Duration TICKET_LIFE = Duration.ofMinutes(15);

  protected final World world;
  protected final WorldAccount self;

  /** Rises with every request. */
  public int requests;

  public WorldSession(World world, WorldAccount self) {
    this.world = world;
    this.self = self;
  }

  protected <T> CompletableFuture<T> later(Supplier<T> answer) {
    requests++;
    CompletableFuture<T> result = new CompletableFuture<>();
    // The way there and the way back: what is answered may be old when it arrives.
    world.loop.after(Duration.ofMillis(world.lagMillis.getAsLong()), () -> answer(answer, result));
    return result;
  }

  private <T> void answer(Supplier<T> answer, CompletableFuture<T> result) {
    Duration back = Duration.ofMillis(world.lagMillis.getAsLong());
    try {
      T value = answer.get();
      world.loop.after(back, () -> result.complete(value));
    } catch (ClientProblem e) {
      world.loop.after(back, () -> result.completeExceptionally(e));
    }
  }

  private WorldRoom mine(RoomId id) {
    WorldRoom room = world.room(id);
    if (room.person(self) == null) {
      throw World.refused(403, "not-a-member");
    }
    return room;
  }

  @Override
  public CompletableFuture<Answers.Account> account() {
    return later(self::answer);
  }

  @Override
  public CompletableFuture<Void> changePassword(String current, String next) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Answers.Keyset> keyset() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<List<Answers.Account>> cards(CardQuery query) {
    return later(
        () ->
            world.accounts.values().stream()
                .filter(
                    account ->
                        query.logins().contains(account.login)
                            || query.accounts().contains(account.id())
                            || query.fingerprints().contains(account.shown.fingerprint()))
                .map(WorldAccount::answer)
                .toList());
  }

  @Override
  public CompletableFuture<List<Answers.DeviceSession>> sessions() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> logout() {
    return later(() -> null);
  }

  @Override
  public CompletableFuture<Void> revoke(SessionId session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<List<Answers.Channel>> channels() {
    return later(List::of);
  }

  @Override
  public CompletableFuture<List<Answers.Room>> rooms() {
    return later(
        () ->
            world.rooms.values().stream()
                .filter(room -> room.person(self) != null)
                .map(room -> room.view(self))
                .toList());
  }

  @Override
  public CompletableFuture<Answers.Room> room(RoomId room) {
    return later(() -> mine(room).view(self));
  }

  @Override
  public CompletableFuture<Answers.Room> createChannel(String name, boolean open) {
    return later(() -> world.channel(self, name).view(self));
  }

  @Override
  public CompletableFuture<Answers.Room> createSealed(
      RoomKind kind, History history, Extension extension) {
    return later(() -> world.sealed(self, kind, history, extension).view(self));
  }

  @Override
  public CompletableFuture<Void> rename(RoomId room, String name) {
    return later(
        () -> {
          mine(room).name = name;
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> putInfo(RoomId room, Bytes info) {
    return later(
        () -> {
          mine(room).info = info;
          return null;
        });
  }

  @Override
  public CompletableFuture<Answers.Room> join(RoomId channel) {
    return later(
        () -> {
          WorldRoom room = world.room(channel);
          room.rekey(RekeyKind.RATCHET);
          room.people.put(self, new WorldRoom.Person(self, world.newTag(), Role.WRITER));
          room.hint(EntryKind.MEMBER);
          return room.view(self);
        });
  }

  @Override
  public CompletableFuture<List<Answers.Member>> members(RoomId id) {
    return later(
        () ->
            mine(id).people.values().stream()
                .map(
                    person ->
                        new Answers.Member(
                            person.account().id(),
                            person.account().login,
                            person.account().shown.fingerprint(),
                            person.account().shown.encoded(),
                            person.tag(),
                            person.role(),
                            true))
                .toList());
  }

  @Override
  public CompletableFuture<Answers.Room> putMember(RoomId room, AccountId account, Role role) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> removeMember(RoomId room, AccountId account) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Answers.Statements> statements(RoomId id, int from) {
    return later(
        () -> {
          WorldRoom room = mine(id);
          int to = Math.min(room.statements.size(), from + STATEMENTS_PER_PAGE_MAX);
          List<Bytes> page =
              from >= to ? List.of() : new ArrayList<>(room.statements.subList(from, to));
          return new Answers.Statements(page, room.statements.size());
        });
  }

  @Override
  public CompletableFuture<Answers.Room> extend(RoomId id, Extension extension) {
    return later(
        () -> {
          WorldRoom room = mine(id);
          Answers.Room before = room.view(self);
          room.extend(self, extension);
          return room.person(self) == null ? before : room.view(self);
        });
  }

  @Override
  public CompletableFuture<List<Answers.Wrapped>> wraps(RoomId id) {
    Fingerprint own = self.identity.fingerprint();
    return later(
        () ->
            mine(id).wraps.stream()
                .filter(wrap -> wrap.recipient().equals(own))
                .map(w -> new Answers.Wrapped(w.generation(), w.wrapper(), w.wrap()))
                .toList());
  }

  @Override
  public CompletableFuture<Void> putItems(RoomId room, ItemWrites writes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Answers.Items> items(RoomId room, List<ItemQuery> items) {
    throw new UnsupportedOperationException();
  }

  /** Nobody invites in this world. */
  @Override
  public SharingApi sharing() {
    return NoSharing.instance();
  }

  @Override
  public CompletableFuture<Void> putLink(Bytes id, NewLink link) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Void> revokeLink(Bytes id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Answers.Room> rotate(RoomId id, boolean reset) {
    return later(
        () -> {
          mine(id).rekey(reset ? RekeyKind.IMMEDIATE_RESET : RekeyKind.RATCHET);
          return mine(id).view(self);
        });
  }

  @Override
  public CompletableFuture<Answers.Ticket> ticket(
      @Nullable ConnectionId connection, List<RoomId> asked) {
    return later(
        () -> {
          List<Answers.TicketRoom> rooms = new ArrayList<>();
          for (RoomId id : asked) {
            WorldRoom room = world.rooms.get(id);
            WorldRoom.Person person = room == null ? null : room.person(self);
            if (room != null && person != null) {
              rooms.add(ticketRoom(room, person));
            }
          }
          String text = "ticket-" + world.tickets.size();
          Answers.Ticket ticket =
              new Answers.Ticket(
                  text,
                  world.loop.wallMillis() + TICKET_LIFE.toMillis(),
                  List.of("wss://hub.test/"),
                  connection == null ? new ConnectionId(1, world.tickets.size()) : connection,
                  rooms);
          world.tickets.put(text, ticket);
          world.ticketHolders.put(text, self);
          return ticket;
        });
  }

  protected Answers.TicketRoom ticketRoom(WorldRoom room, WorldRoom.Person person) {
    WorldRoom.Epoch now = room.epochs.get(room.epoch());
    if (now == null) {
      throw new IllegalStateException("room without an epoch");
    }
    return new Answers.TicketRoom(
        room.id,
        room.epoch(),
        room.generation(),
        now.rekey().hash(),
        room.owed,
        person.tag(),
        person.role(),
        room.statements.size());
  }

  @Override
  public CompletableFuture<List<Answers.Shares>> shares(List<ShareQuery> queries) {
    return later(
        () -> {
          List<Answers.Shares> answers = new ArrayList<>();
          for (ShareQuery query : queries) {
            WorldRoom room = world.rooms.get(query.room());
            if (room != null && room.person(self) != null) {
              answers.add(shares(room, query));
            }
          }
          return answers;
        });
  }

  protected Answers.Shares shares(WorldRoom room, ShareQuery query) {
    List<Answers.Share> shares = new ArrayList<>();
    List<Bytes> rekeys = new ArrayList<>();
    Integer asked = query.to();
    int to = asked == null ? room.epoch() : asked;
    for (WorldRoom.Epoch epoch : room.epochs.subMap(query.from(), true, to, true).values()) {
      if (shares.isEmpty() || epoch.rekey().kind().isReset()) {
        shares.add(
            new Answers.Share(
                epoch.rekey().n(),
                dev.zamok.crypto.SecretBytes.copyOf(epoch.share().share().toByteArray())));
      }
      rekeys.add(epoch.rekey().encoded());
    }
    List<Answers.ManagedSecret> secrets = new ArrayList<>();
    if (room.chain == null) {
      room.secrets.forEach(
          (g, secret) -> secrets.add(new Answers.ManagedSecret(g, secret.secret())));
    }
    return new Answers.Shares(room.id, shares, rekeys, secrets);
  }

  @Override
  public CompletableFuture<Answers.HistoryPage> historyAfter(RoomId id, Position after, int limit) {
    return later(
        () -> {
          WorldRoom room = mine(id);
          List<Entry> all =
              room.log.stream().filter(entry -> entry.position().isAfter(after)).toList();
          return page(room, all.subList(0, Math.min(limit, all.size())), all.size() > limit);
        });
  }

  @Override
  public CompletableFuture<Answers.HistoryPage> historyBefore(
      RoomId id, @Nullable Position before, int limit) {
    return later(
        () -> {
          WorldRoom room = mine(id);
          List<Entry> all =
              room.log.stream()
                  .filter(entry -> before == null || before.isAfter(entry.position()))
                  .toList();
          int from = Math.max(0, all.size() - limit);
          return page(room, all.subList(from, all.size()), from > 0);
        });
  }

  /** An attack changes what history says. */
  protected Answers.HistoryPage page(WorldRoom room, List<Entry> entries, boolean more) {
    return new Answers.HistoryPage(entries, room.head(), more);
  }
}

package dev.zamok.authority.ticket;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.rights.Liveness;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.RoomHeader;
import dev.zamok.authority.room.Rooms;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.TicketKey;
import dev.zamok.protocol.ticket.Tickets;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tickets from memberships. Signing goes through the pool. */
final class TicketDesk {
  private final Rooms rooms;
  private final Liveness liveness;
  private final TicketKey key;
  private final TicketConfig config;
  private final WorkerExecutor pool;
  private final SecureRandom random;
  private final Clock clock;

  TicketDesk(
      Holders holders,
      TicketKey key,
      TicketConfig config,
      WorkerExecutor pool,
      SecureRandom random,
      Clock clock) {
    this.rooms = holders.rooms();
    this.liveness = holders.liveness();
    this.key = key;
    this.config = config;
    this.pool = pool;
    this.random = random;
    this.clock = clock;
  }

  /** A room of a ticket, with what its holder should know of it. */
  record Named(Membership membership, RoomHeader header) {}

  /** A ticket, signed. */
  record Issued(String token, Ticket ticket, List<Named> rooms) {}

  /**
   * A ticket for the rooms asked for that the account is in and that are not blocked. Fails with
   * {@link Problem#UNAUTHENTICATED} when the session ended meanwhile.
   *
   * @param connection of a renewal; null for a new one
   * @param wanted null for all
   */
  Future<Issued> issue(
      Principal who, @Nullable ConnectionId connection, @Nullable List<RoomId> wanted) {
    return memberships(who, wanted)
        .compose(this::named)
        .compose(
            named -> {
              ConnectionId id =
                  connection == null
                      ? new ConnectionId(random.nextLong(), random.nextLong())
                      : connection;
              Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
              List<Grant> grants = named.stream().map(TicketDesk::grant).toList();
              Instant expires = now.plus(config.lifetime()).truncatedTo(ChronoUnit.SECONDS);
              Ticket ticket = new Ticket(who.session(), id, now, expires, grants);
              return pool.executeBlocking(() -> Tickets.sign(ticket, key), false)
                  .map(token -> new Issued(token, ticket, named));
            })
        // Last: whoever ends the session from here on tells the hubs, which then refuse the ticket.
        .compose(issued -> liveness.isLive(who).map(live -> requireLive(live, issued)));
  }

  private static Issued requireLive(boolean live, Issued issued) {
    if (!live) {
      throw Problem.UNAUTHENTICATED.refusal();
    }
    return issued;
  }

  private Future<List<Membership>> memberships(Principal who, @Nullable List<RoomId> wanted) {
    if (wanted == null) {
      return rooms
          .memberships(who.account(), Ticket.GRANTS_MAX)
          .map(
              all -> {
                if (all.size() > Ticket.GRANTS_MAX) {
                  throw Refusal.because(
                      Problem.ROOM_STATE,
                      "a ticket is for at most " + Ticket.GRANTS_MAX + " rooms: name them");
                }
                return all;
              });
    }
    Set<RoomId> distinct = new LinkedHashSet<>(wanted);
    if (distinct.size() > Ticket.GRANTS_MAX) {
      throw Problem.REQUEST_INVALID.refusal();
    }
    List<Future<Optional<Membership>>> reads = new ArrayList<>();
    distinct.forEach(room -> reads.add(rooms.membership(who.account(), room)));
    return Future.all(reads)
        .map(
            all -> {
              List<Membership> found = new ArrayList<>();
              reads.forEach(read -> read.result().ifPresent(found::add));
              return found;
            });
  }

  private Future<List<Named>> named(List<Membership> memberships) {
    List<Future<Optional<Named>>> reads = new ArrayList<>();
    memberships.forEach(membership -> reads.add(named(membership)));
    return Future.all(reads)
        .map(all -> reads.stream().flatMap(read -> read.result().stream()).toList());
  }

  private Future<Optional<Named>> named(Membership membership) {
    Future<Optional<RoomHeader>> header = rooms.header(membership.room());
    Future<Boolean> blocked = rooms.isBlocked(membership.room());
    return Future.all(header, blocked)
        .map(
            all ->
                header
                    .result()
                    .filter(found -> found.epoch().n() > 0 && !blocked.result())
                    .map(found -> new Named(membership, found)));
  }

  private static Grant grant(Named named) {
    Membership membership = named.membership();
    return new Grant(
        membership.room(),
        membership.tag(),
        rights(membership.role()),
        named.header().epoch().n(),
        membership.version());
  }

  static Set<Right> rights(Role role) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (role.atLeast(Role.READER)) {
      rights.addAll(EnumSet.of(Right.READ, Right.SIGNAL, Right.PRESENCE));
    }
    if (role.atLeast(Role.WRITER)) {
      rights.add(Right.PUBLISH);
    }
    return rights;
  }
}

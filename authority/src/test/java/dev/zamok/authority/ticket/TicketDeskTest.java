package dev.zamok.authority.ticket;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.room.RoomMoves;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.ticket.Algorithm;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Right;
import dev.zamok.protocol.ticket.Ticket;
import dev.zamok.protocol.ticket.TicketKeyMaker;
import dev.zamok.protocol.ticket.TicketKeys;
import dev.zamok.protocol.ticket.Tickets;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketDeskTest {
  @TempDir Path directory;
  private RoomBed bed;
  private RoomMoves moves;
  private TicketKeys keys;
  private TicketDesk desk;
  private boolean live = true;
  private TestMember owner;
  private TestMember guest;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    moves = new RoomMoves(bed);
    TicketKeyMaker.Made made = TicketKeyMaker.make(Algorithm.EDDSA, bed.random());
    keys = TicketKeys.parse(made.whole().getBytes(StandardCharsets.UTF_8));
    desk =
        new TicketDesk(
            new Holders(bed.rooms(), who -> Future.succeededFuture(live)),
            keys.signing(),
            new TicketConfig("/hub", TicketConfig.LIFETIME_DEFAULT),
            bed.pool(),
            bed.random(),
            bed.clock());
    owner = bed.town().join("owner");
    guest = bed.town().join("guest");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Ticket ticket(TestMember who) {
    String token = bed.on(() -> desk.issue(who.principal(), null, null)).token();
    return Tickets.verify(token, keys, bed.clock().instant());
  }

  @Test
  void ticketNamesTheRoomsOfItsHolderAndWhatHeMayDoThere() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.channel(guest, History.FULL);
    moves.put(owner, guest, room, Role.READER);
    Ticket ticket = ticket(owner);

    assertThat(ticket.session()).isEqualTo(owner.principal().session());
    assertThat(ticket.grants()).hasSize(1);
    assertThat(ticket.grants().get(0).rights())
        .containsExactlyInAnyOrder(Right.READ, Right.PUBLISH, Right.SIGNAL, Right.PRESENCE);
    Grant reader =
        ticket(guest).grants().stream()
            .filter(grant -> grant.room().equals(room))
            .findFirst()
            .orElseThrow();
    assertThat(reader.rights()).containsExactlyInAnyOrder(Right.READ, Right.SIGNAL, Right.PRESENCE);
  }

  @Test
  void removedMemberGetsNoTicket() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.join(guest, room);
    assertThat(ticket(guest).grants()).hasSize(1);
    moves.remove(owner, guest, room);

    assertThat(ticket(guest).grants()).isEmpty();
    assertThat(bed.on(() -> desk.issue(guest.principal(), null, List.of(room))).rooms()).isEmpty();
  }

  @Test
  void sessionThatEndsWhileItsTicketIsMadeGetsNone() {
    moves.channel(owner, History.FULL);
    live = false;

    assertThat(failure(bed.run(() -> desk.issue(owner.principal(), null, null))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.UNAUTHENTICATED));
  }

  @Test
  void outsiderWhoNamesARoomGetsATicketWithoutIt() {
    RoomId room = moves.channel(owner, History.FULL);

    assertThat(bed.on(() -> desk.issue(guest.principal(), null, List.of(room))).rooms()).isEmpty();
  }

  @Test
  void blockedRoomIsLeftOut() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.join(guest, room);
    bed.log().refuse(EntryKind.EVICT);
    moves.removeFails(owner, guest, room);

    assertThat(ticket(owner).grants()).isEmpty();
  }

  @Test
  void renewalKeepsItsConnection() {
    ConnectionId connection = new ConnectionId(1, 2);

    assertThat(bed.on(() -> desk.issue(owner.principal(), connection, null)).ticket().connection())
        .isEqualTo(connection);
    assertThat(ticket(owner).connection()).isNotEqualTo(ticket(owner).connection());
  }

  @Test
  void answerTellsTheEpochAndTheHashOfItsRekey() {
    RoomId room = moves.channel(owner, History.FULL);
    moves.ratchet(owner, room);
    TicketDesk.Named named = bed.on(() -> desk.issue(owner.principal(), null, null)).rooms().get(0);

    assertThat(named.header().epoch().n()).isEqualTo(2);
    assertThat(named.header().epoch().rekey())
        .isEqualTo(bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow().rekey().hash());
  }

  @Test
  void whoIsInMoreRoomsThanATicketHoldsMustNameThem() {
    moves.channels(owner, History.FULL, Ticket.GRANTS_MAX + 1);

    assertThat(failure(bed.run(() -> desk.issue(owner.principal(), null, null))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.ROOM_STATE));
  }
}

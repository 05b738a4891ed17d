package dev.zamok.hub;

import static dev.zamok.hub.HubFixture.await;
import static dev.zamok.hub.HubFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.ticket.ServiceTicket;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.NodeBeat.Standing;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HubBeatsTest {
  private static final String URL = "wss://hub-1.example:8443/hub";

  private final List<Notice> notices = new CopyOnWriteArrayList<>();

  private List<NodeBeat> beats() {
    return notices.stream()
        .map(notice -> notice instanceof Notice.Beat beat ? beat.beat() : null)
        .filter(Objects::nonNull)
        .toList();
  }

  private NodeBeat last() {
    List<NodeBeat> all = beats();
    return all.get(all.size() - 1);
  }

  @Test
  void aHubTellsWhereItIsHowFullItIsAndThatItGoes() throws Exception {
    try (HubFixture fixture = new HubFixture()) {
      await(fixture.log.notices(notices::add));
      RoomId room = fixture.room(1);
      TestClient member = fixture.member(1, room);
      member.join(room);
      fixture.hub.announce(URL, null);
      until(() -> beats().stream().anyMatch(beat -> beat.load().used() == 1));
      assertThat(last().address()).isEqualTo(URL);
      assertThat(last().role()).isEqualTo(NodeBeat.Role.HUB);
      assertThat(last().load().standing()).isEqualTo(Standing.SERVING);
      assertThat(last().load().capacity()).isEqualTo(200_000);
      assertThat(last().timeMillis()).isEqualTo(fixture.clock.time().wall().millis());

      member.close();
      await(fixture.hub.drain(Duration.ofMillis(10)));
      assertThat(beats().stream().map(beat -> beat.load().standing()).distinct())
          .containsExactly(Standing.SERVING, Standing.DRAINING, Standing.LEFT);
      assertThat(beats().stream().map(NodeBeat::id).distinct()).hasSize(1);
    }
  }

  @Test
  void aSignedBeatAnswersWhatAuthoritiesAskForAndCounts() throws Exception {
    BeatKeys keys = BeatKeys.parse("ab".repeat(32));
    try (HubFixture fixture = new HubFixture()) {
      await(fixture.log.notices(notices::add));
      fixture.hub.announce(URL, keys);
      until(() -> !signed().isEmpty());
      assertThat(signed().get(0).answers()).isEmpty();

      Notice.Challenge old = new Notice.Challenge(5, 11);
      Notice.Challenge fresh = new Notice.Challenge(5, 12);
      Notice.Challenge other = new Notice.Challenge(6, 13);
      for (Notice.Challenge challenge : List.of(old, fresh, other)) {
        await(fixture.log.broadcast(challenge));
      }
      until(() -> lastSigned().answers().equals(List.of(fresh, other)));
      await(fixture.hub.drain(Duration.ofMillis(10)));
      assertThat(signed())
          .allMatch(
              beat ->
                  keys.verify(
                      NoticeCodec.statement(beat.beat(), beat.number(), beat.answers()),
                      beat.mac()));
      assertThat(signed().stream().map(Notice.SignedBeat::number).toList())
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(lastSigned().beat().load().standing()).isEqualTo(Standing.LEFT);
      assertThat(beats()).isEmpty();
    }
  }

  /**
   * Fault: the log is away when the hub begins to listen. Without challenges it gets no clients.
   */
  @Test
  void aHubThatCouldNotListenTriesAgain() throws Exception {
    BeatKeys keys = BeatKeys.parse("ab".repeat(32));
    try (HubFixture fixture = new HubFixture()) {
      await(fixture.log.notices(notices::add));
      fixture.log.failing(true);
      fixture.hub.announce(URL, keys);
      // calls end in order
      assertThatThrownBy(() -> await(fixture.log.state(fixture.room(1))))
          .isInstanceOf(Unavailable.class);
      fixture.log.failing(false);
      until(() -> !signed().isEmpty());
      Notice.Challenge challenge = new Notice.Challenge(5, 11);
      until(
          () -> {
            // authorities ask all the time
            await(fixture.log.broadcast(challenge));
            return lastSigned().answers().contains(challenge);
          });
    }
  }

  private List<Notice.SignedBeat> signed() {
    return notices.stream()
        .filter(Notice.SignedBeat.class::isInstance)
        .map(Notice.SignedBeat.class::cast)
        .toList();
  }

  private Notice.SignedBeat lastSigned() {
    List<Notice.SignedBeat> all = signed();
    return all.get(all.size() - 1);
  }

  @Test
  void aHubThatWasNotAskedToTellsNothing() throws Exception {
    try (HubFixture fixture = new HubFixture()) {
      await(fixture.log.notices(notices::add));
      await(fixture.hub.drain(Duration.ofMillis(10)));
      assertThat(beats()).isEmpty();
    }
  }

  /** The bytes of a beat, in everything that a client may send, stay a message of that client. */
  @Test
  void clientsCannotForgeTheBeatOfAHub() throws Exception {
    try (HubFixture fixture = new HubFixture(config -> config.withServiceApi(5))) {
      await(fixture.log.notices(notices::add));
      RoomId room = fixture.room(1);
      NodeBeat forged =
          new NodeBeat(
              NodeBeat.Role.HUB,
              1,
              "wss://evil.example/hub",
              "1",
              new NodeBeat.Load(Standing.SERVING, 0, 1_000_000),
              0);
      Bytes encoded = NoticeCodec.encode(new Notice.Beat(forged));
      TestClient mallory = fixture.member(1, room);
      mallory.join(room);
      mallory.publish(room, 1, new String(encoded.toByteArray(), StandardCharsets.ISO_8859_1));
      mallory.await(HubFrame.Ack.class);
      try (RawClient raw = new RawClient(fixture.hub.port())) {
        String ticket = fixture.tickets.service(ServiceTicket.Scope.values());
        raw.write(
            "POST /hub/api/beats HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + ticket
                + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(raw.readHead()).contains(" 404 ");
      }
      assertThat(beats()).isEmpty();
    }
  }
}

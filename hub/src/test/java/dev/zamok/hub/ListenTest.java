package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.endpoint.Route;
import dev.zamok.hub.endpoint.Tls;
import dev.zamok.hub.limit.HubLimits;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a hub comes to listen, and when it does not. */
class ListenTest {
  private static final String KEY_TEXT = "this is not a key";

  @Test
  void aSecondHubOnThePortFailsInsteadOfSharingItInSilence() throws Exception {
    try (HubFixture fixture = new HubFixture()) {
      int port = fixture.hub.port();
      assertThatThrownBy(
              () ->
                  fixture.another(
                      config ->
                          config.withEndpoint(EndpointConfig.of("127.0.0.1", port, TestTls.get())),
                      fixture.log))
          .hasRootCauseInstanceOf(java.net.BindException.class)
          .hasStackTraceContaining("port in use");
      fixture.member(1, fixture.room(1)).ping();
    }
  }

  @Test
  void withNioOneLoopTakesConnectionsForAll() throws Exception {
    try (HubFixture fixture = new HubFixture(config -> config.withLoops(3), Transport.NIO)) {
      RoomId room = fixture.room(1);
      List<TestClient> clients = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        TestClient client = fixture.member(i, room);
        client.join(room);
        clients.add(client);
      }
      clients.get(0).publish(room, 1, "hello");
      for (TestClient client : clients) {
        assertThat(client.text()).isEqualTo("hello");
      }
      // each of three loops has the room
      assertThat(fixture.log.followers()).isEqualTo(3);
    }
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutBeingTold() {
    Tls bad = new Tls(TestTls.get().certificates(), TestClient.bytes(KEY_TEXT));
    assertThatThrownBy(
            () ->
                new HubFixture(
                    config -> config.withEndpoint(EndpointConfig.of("127.0.0.1", 0, bad))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint.tls")
        .hasNoCause()
        .hasMessageNotContaining(KEY_TEXT);
    assertThat(bad.toString()).doesNotContain(KEY_TEXT);
  }

  @Test
  void everyProblemOfAConfigurationIsToldAtOnce() {
    EndpointConfig bad =
        new EndpointConfig(
            "0.0.0.0",
            70_000,
            null,
            Set.of("example.org"),
            List.of(new Route("/hub", InetSocketAddress.createUnresolved("name", 1))),
            null);
    HubLimits limits = HubLimits.defaults().with(new HubLimits.Counts(1, 1, 513, 1, 1, 1));
    assertThatThrownBy(() -> new HubConfig(bad, limits, 0, false, false, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint.port")
        .hasMessageContaining("endpoint.tls")
        .hasMessageContaining("endpoint.origins")
        .hasMessageContaining("endpoint.routes must not be the hub's own path")
        .hasMessageContaining("endpoint.routes must have addresses")
        .hasMessageContaining("limits.counts.roomsPerConnectionMax")
        .hasMessageContaining("loops")
        .hasMessageContaining("leaseToken");
    assertThatThrownBy(() -> HubConfig.of(EndpointConfig.of("localhost", 0, TestTls.get())))
        .hasMessageContaining("endpoint.host");
  }

  @Test
  void aTapSeesWhatTheHubHoldsAndTheHubHoldsCiphertextOnly() throws Exception {
    List<Bytes> in = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Bytes> out = java.util.Collections.synchronizedList(new ArrayList<>());
    dev.zamok.hub.endpoint.FrameTap tap =
        new dev.zamok.hub.endpoint.FrameTap() {
          @Override
          public void onInbound(Bytes frame) {
            in.add(frame);
          }

          @Override
          public void onOutbound(Bytes frame) {
            out.add(frame);
          }
        };
    try (HubFixture fixture =
        new HubFixture(config -> config.withEndpoint(config.endpoint().withTap(tap)))) {
      RoomId room = fixture.room(1);
      TestClient ann = fixture.member(1, room);
      ann.join(room);
      ann.publish(room, 1, "sealed");
      ann.text();
      ann.ping();
      // HELLO, JOIN, PUBLISH, PING; WELCOME, JOINED, ACK, ENTRY, PONG
      assertThat(in).hasSize(4);
      assertThat(out)
          .extracting(frame -> frame.get(0) & 0xff)
          .contains(0x81, 0x82, 0x83, 0x84, 0x8a);
    }
  }

  @Test
  void roomsAreOpenedFromTicketsWhereTheConfigurationSaysSo() throws Exception {
    try (HubFixture fixture = new HubFixture(HubConfig::withRoomsFromTickets)) {
      RoomId room = TestTickets.room(77);
      TestClient ann = fixture.member(1, room);
      ann.join(room);
      ann.publish(room, 1, "first");
      assertThat(ann.text()).isEqualTo("first");
    }
  }
}

package dev.zamok.authority.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.NodeBeat.Standing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HubRegistryTest {
  private final AtomicLong nanos = new AtomicLong();
  private final HubRegistry hubs =
      new HubRegistry(Duration.ofSeconds(6), nanos::get, new Random(7));

  private static NodeBeat beat(int id, String url, Standing standing, int used) {
    NodeBeat.Load load = new NodeBeat.Load(standing, used, 1_000);
    return new NodeBeat(NodeBeat.Role.HUB, id, url, "1", load, 0);
  }

  private static String url(int id) {
    return "wss://hub-" + id + ".example:8443/hub";
  }

  private void heard(int id, Standing standing, int used) {
    hubs.heard(beat(id, url(id), standing, used));
  }

  private Map<String, Integer> sent(int clients) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < clients; i++) {
      counts.merge(hubs.choose().get(0), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void clientsAreSpreadByTheRoomThatHubsHave() {
    heard(1, Standing.SERVING, 0);
    heard(2, Standing.SERVING, 0);
    heard(3, Standing.SERVING, 800);
    Map<String, Integer> counts = sent(1_100);
    assertThat(counts.get(url(1))).isBetween(430, 570);
    assertThat(counts.get(url(2))).isBetween(430, 570);
    assertThat(counts.get(url(3))).isBetween(60, 140);
  }

  @Test
  void aStormBetweenTwoBeatsFillsHubsEvenly() {
    heard(1, Standing.SERVING, 0);
    heard(2, Standing.SERVING, 500);
    Map<String, Integer> counts = sent(1_500);
    assertThat(counts.get(url(1))).isBetween(990, 1_010);
  }

  @Test
  void aHubThatDrainsOrFellSilentIsNotTold() {
    heard(1, Standing.SERVING, 0);
    heard(2, Standing.DRAINING, 0);
    heard(3, Standing.SERVING, 0);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    heard(1, Standing.SERVING, 0);
    heard(2, Standing.DRAINING, 0);
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(hubs.choose()).containsExactly(url(1));
    assertThat(hubs.forgetSilent()).extracting(NodeBeat::address).containsExactly(url(3));
    heard(1, Standing.LEFT, 0);
    assertThat(hubs.choose()).isEmpty();
    assertThat(hubs.forgetSilent()).isEmpty();
  }

  @Test
  void everyClientIsToldAFewHubsEachOnce() {
    for (int i = 0; i < 10; i++) {
      heard(i, Standing.SERVING, 0);
    }
    List<String> chosen = hubs.choose();
    assertThat(chosen).hasSize(HubRegistry.TOLD_MAX).doesNotHaveDuplicates();
  }

  @Test
  void anAddressThatIsNoneOfAHubIsNotTaken() {
    for (String url :
        List.of("", "http://hub/", "wss://", "javascript:alert(1)", "wss://a/<b>", "wss://u@h/")) {
      assertThat(hubs.heard(beat(1, url, Standing.SERVING, 0))).as(url).isFalse();
    }
    assertThat(hubs.choose()).isEmpty();
  }
}

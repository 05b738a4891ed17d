package dev.zamok.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final String HEALTHY =
      """
      {"authorities": [{"address": "10.0.0.1:8444", "self": true, "state": "serving",
                        "version": "0.1.0", "leases": 86, "startedAt": 0, "archiveLagMillis": 12}],
       "hubs": [{"address": "wss://hub-1.example.org:8443/hub", "state": "draining",
                 "version": "0.1.0", "connections": 7, "capacity": 1000}],
       "log": [{"name": "zamok", "primary": "10.0.0.1:6379", "replicas": 3, "replicasNeeded": 2,
                "lagBytes": 40, "generation": 5}],
       "alerts": []}
      """;

  @Test
  void everyPartIsShown() {
    JsonObject status = new JsonObject(HEALTHY);
    assertThat(StatusText.isHealthy(status)).isTrue();
    assertThat(StatusText.of(status))
        .contains("10.0.0.1:8444", "86 leases", "12 ms behind", "<- answers")
        .contains("wss://hub-1.example.org:8443/hub", "draining", "7 of 1000")
        .contains("primary 10.0.0.1:6379, 3 replicas (2 needed), 40 bytes behind, generation 5")
        .contains("alerts: none");
  }

  @Test
  void anAlertAndALogThatDoesNotWorkAreNotHealthy() {
    JsonObject alert = new JsonObject(HEALTHY);
    alert
        .getJsonArray("alerts")
        .add(
            new JsonObject()
                .put("kind", "replicas")
                .put("subject", "zamok")
                .put("text", "2 of 3")
                .put("state", "raised")
                .put("at", 0));
    assertThat(StatusText.isHealthy(alert)).isFalse();
    assertThat(StatusText.of(alert)).contains("1970-01-01T00:00:00Z  replicas zamok: 2 of 3");
    JsonObject log = new JsonObject(HEALTHY);
    log.getJsonArray("log").getJsonObject(0).put("problem", "no primary");
    assertThat(StatusText.isHealthy(log)).isFalse();
    assertThat(StatusText.of(log)).contains("PROBLEM: no primary");
  }
}

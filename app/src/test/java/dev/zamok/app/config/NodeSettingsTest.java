package dev.zamok.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
  private static final Path CONF = Path.of("../conf");

  @TempDir Path directory;

  @Test
  void theFileWithAllKeysShowsTheDefaults() {
    assertThat(NodeSettings.read(CONF.resolve("zamok.yaml"))).isEqualTo(NodeSettings.read(null));
  }

  @Test
  void everyExampleInConfLoads() throws Exception {
    try (Stream<Path> files = Files.list(CONF)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("zamok-")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(NodeSettings.read(file).places().log())
                      .as(file.toString())
                      .isInstanceOf(LogSettings.Redis.class));
    }
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirPaths() throws Exception {
    Path file =
        write(
            """
            listen: localhost:8443
            data: d
            keys: d/keys
            tls: { certificate: only.pem }
            hub:
              heartbeat: soon
              connectionsMax: -1
              origins: [zamok.example.org]
              publishPerSecond: 5
            """);
    assertThatThrownBy(() -> NodeSettings.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "listen: an address and a port",
            "keys: must not lie inside the data directory",
            "tls.certificate: certificate and key go together",
            "hub.heartbeat: a time such as",
            "hub.connectionsMax: a whole number from 1",
            "hub.origins: zamok.example.org is not like",
            "hub.publishPerSecond: unknown key");
  }

  @Test
  void aClusterIsDescribedByItsShardsAndContactPoints() throws Exception {
    Path file =
        write(
            """
            log:
              kind: redis
              redis:
                ack: all
                user: zamok
                passwordFile: /run/secrets/redis
                shards:
                  - { name: zamok-1, sentinels: ["10.0.0.1:26379", "[::1]:26379"] }
                  - { name: zamok-2, primary: "redis-2.example.org:6379", replicas: 1 }
            store:
              kind: cassandra
              cassandra: { contactPoints: ["10.0.0.1:9042"], dataCentre: kyiv }
            """);
    Places places = NodeSettings.read(file).places();
    assertThat(places.log())
        .isEqualTo(
            new LogSettings.Redis(
                "all",
                new LogSettings.Access("zamok", Path.of("/run/secrets/redis"), null),
                List.of(
                    new LogSettings.Shard(
                        "zamok-1", List.of("10.0.0.1:26379", "[::1]:26379"), "", 3),
                    new LogSettings.Shard("zamok-2", List.of(), "redis-2.example.org:6379", 1))));
    assertThat(places.store())
        .isEqualTo(
            new StoreSettings.Cassandra(
                List.of("10.0.0.1:9042"),
                "kyiv",
                "zamok",
                3,
                new LogSettings.Access("", null, null)));
  }

  @Test
  void whatDoesNotMakeAClusterIsRefused() throws Exception {
    Path file =
        write(
            """
            log:
              kind: redis
              redis:
                ack: some
                user: zamok
                shards:
                  - { name: one, sentinels: [nowhere], primary: "here:1" }
                  - { sentinel: x }
            store:
              kind: mysql
              cassandra: { keyspace: "Zamok; DROP" }
            hub: { url: "https://hub.example.org", authorities: ["http://plain"] }
            authority:
              advertised: "a:1"
              alerts:
                webhooks: ["http://hooks.example.org/s3cret"]
                mail: { server: mail.example.org, tls: perhaps, user: zamok }
              mail: { url: "http://zamok.example.org", server: "mail:25x", user: zamok }
            """);
    assertThatThrownBy(() -> NodeSettings.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "log.redis.ack: all, stored, or a number",
            "log.redis.passwordFile: a user needs one",
            "log.redis.shards[0].sentinels: nowhere is not like",
            "log.redis.shards[0].sentinels: either these or a primary",
            "log.redis.shards[1].name: is needed",
            "log.redis.shards[1].sentinel: unknown key",
            "store.kind: local or cassandra",
            "store.cassandra.keyspace: up to 48",
            "hub.url: https://hub.example.org is not like",
            "hub.authorities: http://plain is not like",
            "authority.advertised: without inner",
            "authority.alerts.webhooks: each must start with https://",
            "authority.alerts.mail.server: mail.example.org is not like",
            "authority.alerts.mail.tls: true or false",
            "authority.alerts.mail.passwordFile: a user needs one",
            "authority.mail.url: http://zamok.example.org is not like https://zamok.example.org",
            "authority.mail.server: mail:25x is not like",
            "authority.mail.from: a mail server needs to know who writes",
            "authority.mail.passwordFile: a user needs one")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void nothingIsAcknowledgedByReplicasThatAreNotThere() throws Exception {
    Path file =
        write(
            """
            log:
              kind: redis
              redis:
                ack: all
                shards: [{ name: zamok, primary: "a:1", replicas: 0 }]
            """);
    assertThatThrownBy(() -> NodeSettings.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("log.redis.ack: shard zamok has fewer replicas than that");
  }

  @Test
  void aSharedStoreNeedsASharedLog() throws Exception {
    Path file = write("store: { kind: cassandra, cassandra: { contactPoints: ['a:1'] } }");
    assertThatThrownBy(() -> NodeSettings.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("log.kind: a store that others share");
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws Exception {
    Path file = write("data: a\ndata: b\n");
    assertThatThrownBy(() -> NodeSettings.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> NodeSettings.read(directory.resolve("none.yaml")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.yaml");
  }

  @Test
  void timesAreReadInAllTheirUnits() throws Exception {
    Path file = write("hub: { heartbeat: 1500ms, stuckTimeout: 2m, helloTimeout: 1h }");
    var times = NodeSettings.read(file).hub().limits().times();
    assertThat(times.heartbeat()).isEqualTo(Duration.ofMillis(1500));
    assertThat(times.stuck()).isEqualTo(Duration.ofMinutes(2));
    assertThat(times.hello()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whoMayPublishOftenIsLetInAsOften() throws Exception {
    Path file = write("hub: { publishesPerSecond: 5000 }");
    var rates = NodeSettings.read(file).hub().limits().rates();
    assertThat(rates.publishes().perSecond()).isEqualTo(5_000);
    assertThat(rates.frames().perSecond()).isGreaterThan(5_000);
    assertThat(rates.frames().burst()).isGreaterThan(rates.publishes().burst());
  }

  @Test
  void ipv6AddressesAreWrittenInBrackets() throws Exception {
    Path file = write("listen: '[::1]:9000'");
    assertThat(NodeSettings.read(file).listen()).isEqualTo(new ListenAddress("::1", 9000));
  }

  private Path write(String yaml) throws Exception {
    return Files.writeString(directory.resolve("zamok.yaml"), yaml);
  }
}

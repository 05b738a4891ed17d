package dev.zamok.authority.store.cassandra;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.zamok.cluster.process.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rings and configurations that do not fit: one line each, and nothing begins. */
class CassandraProblemTest {
  private static final CassandraConfig.Keyspace NOWHERE =
      new CassandraConfig.Keyspace("nowhere", CassandraConfig.Strategy.NETWORK, 1);

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private String problem(CassandraConfig config) {
    return problem(CassandraStore.open(vertx, config));
  }

  private static String problem(Future<?> attempt) {
    Throwable failure = failure(attempt);
    assertThat(failure).isInstanceOf(CassandraProblem.class);
    assertThat(failure.getMessage().lines()).hasSize(1);
    return failure.getMessage();
  }

  private static CassandraConfig config(
      CassandraConfig base, String centre, CassandraConfig.Keyspace keyspace) {
    return new CassandraConfig(
        base.contacts(), centre, keyspace, base.login(), null, base.limits());
  }

  private static CassandraConfig login(CassandraConfig.Login login) {
    CassandraConfig base = TestRing.fresh();
    return new CassandraConfig(
        base.contacts(), base.dataCentre(), NOWHERE, login, null, base.limits());
  }

  @Test
  void aRingThatIsDownIsNamed() {
    var contact = new CassandraConfig.Contact("127.0.0.1", FreePorts.find(1).get(0));
    CassandraConfig config =
        new CassandraConfig(
            List.of(contact), "datacenter1", NOWHERE, null, null, CassandraConfig.Limits.DEFAULT);
    assertThat(problem(config)).contains("no Cassandra node answers at [" + contact + "]");
    assertThat(problem(CassandraSchema.migrate(vertx, config))).contains("no Cassandra node");
  }

  @Test
  void aWrongPasswordIsRefusedAndNotShown() {
    Path file = TestRing.password("wrong-secret");
    String problem = problem(login(new CassandraConfig.Login("cassandra", file)));
    assertThat(problem)
        .contains("refuses user cassandra with the password in " + file)
        .doesNotContain("wrong-secret");
  }

  @Test
  void aMissingPasswordIsAskedFor() {
    assertThat(problem(login(null))).contains("wants a user and a password");
    Path missing = Path.of("no-such-file");
    assertThat(problem(login(new CassandraConfig.Login("cassandra", missing))))
        .contains("the password file no-such-file cannot be read");
  }

  @Test
  void aDataCentreThatIsNotThereIsNamed() {
    CassandraConfig base = TestRing.fresh();
    assertThat(problem(config(base, "elsewhere", NOWHERE)))
        .contains("no data centre elsewhere; it has [datacenter1]");
  }

  @Test
  void moreReplicasThanNodesAreRefused() {
    CassandraConfig base = TestRing.fresh();
    CassandraConfig three =
        config(
            base,
            base.dataCentre(),
            new CassandraConfig.Keyspace("nowhere", CassandraConfig.Strategy.NETWORK, 3));
    assertThat(problem(three)).contains("has 1 nodes, and keyspace nowhere wants 3 replicas");
    assertThat(problem(CassandraSchema.migrate(vertx, three))).contains("wants 3 replicas");
  }

  @Test
  void aMissingKeyspaceAsksForTheMigration() {
    CassandraConfig base = TestRing.fresh();
    assertThat(problem(config(base, base.dataCentre(), NOWHERE)))
        .isEqualTo("keyspace nowhere is missing: run ./zamok migrate");
  }

  @Test
  void aSchemaOfAnotherVersionOrWithAnotherReplicationIsRefused() {
    CassandraConfig config = TestRing.migrated(vertx);
    String keyspace = config.keyspace().name();
    CassandraConfig simple =
        config(
            config,
            config.dataCentre(),
            new CassandraConfig.Keyspace(keyspace, CassandraConfig.Strategy.SIMPLE, 1));
    assertThat(problem(simple)).contains("is replicated by", "SimpleStrategy with 1");
    Cql cql = await(Cql.connect(vertx, config));
    SchemaVersion version = new SchemaVersion(cql, keyspace);
    assertThat(await(version.advance(Migrations.LATEST, Migrations.LATEST + 1))).isTrue();
    assertThat(problem(config)).contains("has version 2", "knows 1: run a newer one");
    assertThat(problem(CassandraSchema.migrate(vertx, config))).contains("run a newer one");
    await(cql.change(SimpleStatement.newInstance("TRUNCATE " + keyspace + ".schema_state")));
    assertThat(problem(config)).contains("has version 0", "needs 1: run ./zamok migrate");
    await(cql.change(SimpleStatement.newInstance("DROP TABLE " + keyspace + ".schema_state")));
    assertThat(problem(config)).contains("has version 0");
    await(cql.close());
  }

  @Test
  void theSchemaIsMadeOnceByWhoeverComesFirstAndThenLeftAlone() {
    CassandraConfig config = TestRing.fresh();
    List<Future<CassandraSchema.Migrated>> both =
        List.of(CassandraSchema.migrate(vertx, config), CassandraSchema.migrate(vertx, config));
    await(Future.all(both));
    assertThat(both.stream().map(Future::result))
        .containsExactlyInAnyOrder(
            new CassandraSchema.Migrated(0, Migrations.LATEST),
            new CassandraSchema.Migrated(Migrations.LATEST, Migrations.LATEST));
    assertThat(await(CassandraSchema.migrate(vertx, config)))
        .isEqualTo(new CassandraSchema.Migrated(Migrations.LATEST, Migrations.LATEST));
    CassandraStore store = await(CassandraStore.open(vertx, config));
    assertThat(await(store.isEmpty())).isTrue();
    await(store.close());
  }

  @Test
  void namesThatWouldBeStatementsAreRefused() {
    assertThatThrownBy(
            () ->
                new CassandraConfig.Keyspace(
                    "a; DROP KEYSPACE b", CassandraConfig.Strategy.NETWORK, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> config(TestRing.fresh(), "dc': 1}", NOWHERE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new CassandraConfig.Limits(
                    Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.zamok.authority.audit;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.User.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.SessionId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final Principal WHO =
      new Principal(new AccountId(1, 2), new SessionId(3, 4), new DeviceId(5));

  @TempDir Path directory;
  private Node node;

  @BeforeEach
  void start() {
    node = new Node(directory).start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void whatChangesAnAccountIsNoted() {
    User ada = User.loggedIn(node, "ada");
    node.clock.advance(Duration.ofSeconds(1));
    assertProblem(
        ada.post("/v1/sessions", User.login("ada", "wrong password")), Problem.LOGIN_FAILED);
    node.clock.advance(Duration.ofSeconds(1));
    JsonObject change =
        new JsonObject().put("current", User.PASSWORD).put("next", "a better password");
    assertThat(ada.put("/v1/account/password", change).statusCode()).isEqualTo(204);
    node.clock.advance(Duration.ofSeconds(1));
    ada.delete("/v1/sessions/current");
    List<AuditEntry> entries = await(reader().day(TODAY));
    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly(
            AuditAction.ACCOUNT_REGISTERED,
            AuditAction.LOGGED_IN,
            AuditAction.LOGIN_REFUSED,
            AuditAction.PASSWORD_CHANGED,
            AuditAction.LOGGED_OUT);
    assertThat(entries.get(0).subject()).isEqualTo(ada.account.toBytes());
    assertThat(entries.get(3).account()).isEqualTo(ada.account.toBytes());
    assertThat(entries.get(3).timeMillis()).isEqualTo(node.clock.millis() - 1_000);
  }

  @Test
  void manyNotesAtOnceFormOneChain() {
    List<Future<Void>> notes = new ArrayList<>();
    onLoop(
        audit -> {
          for (int i = 0; i < 700; i++) {
            notes.add(audit.note(WHO, AuditAction.ROOM_CREATED, Bytes.wrap(new byte[] {(byte) i})));
          }
          return Future.all(notes).mapEmpty();
        });
    assertThat(await(reader().day(TODAY))).hasSize(700);
  }

  @Test
  void anEntryTakenOutShows() {
    Bytes run = runOfThree();
    RowPlace.remove(node, run, 1);
    assertThatThrownBy(() -> await(reader().day(TODAY))).isInstanceOf(CryptoFailure.class);
  }

  @Test
  void anEntryPutInThePlaceOfAnotherShows() {
    Bytes run = runOfThree();
    List<Row> rows = await(node.store().range(AuditTables.AUDIT, run, Range.first(3)));
    assertThat(await(node.store().reseal(rows.get(1), rows.get(2).body()))).isTrue();
    assertThatThrownBy(() -> await(reader().day(TODAY))).isInstanceOf(CryptoFailure.class);
  }

  @Test
  void aNewDayBeginsANewRun() {
    onLoop(
        audit ->
            audit
                .note(WHO, AuditAction.ROOM_CREATED, Bytes.EMPTY)
                .compose(
                    v -> {
                      node.clock.advance(Duration.ofDays(1));
                      return audit.note(WHO, AuditAction.ROOM_RENAMED, Bytes.EMPTY);
                    }));
    assertThat(await(reader().day(TODAY))).hasSize(1);
    assertThat(await(reader().day(TODAY.plusDays(1)))).hasSize(1);
  }

  private Bytes runOfThree() {
    onLoop(
        audit ->
            Future.all(
                    audit.note(WHO, AuditAction.ROOM_CREATED, Bytes.EMPTY),
                    audit.note(WHO, AuditAction.ROOM_RENAMED, Bytes.EMPTY),
                    audit.note(WHO, AuditAction.ROOM_ROTATED, Bytes.EMPTY))
                .mapEmpty());
    assertThat(await(reader().day(TODAY))).hasSize(3);
    List<Row> all = await(node.store().scan(AuditTables.AUDIT, null, 10));
    assertThat(all).hasSize(3);
    return all.get(0).key().partition();
  }

  private void onLoop(java.util.function.Function<Audit, Future<Void>> task) {
    Audit audit = new Audit(node.sealed(), node.clock, node.random);
    io.vertx.core.Promise<Void> done = io.vertx.core.Promise.promise();
    node.vertx.runOnContext(v -> task.apply(audit).onComplete(done));
    await(done.future());
  }

  private AuditReader reader() {
    SealedStore store = node.sealed();
    return new AuditReader(store);
  }
}

package dev.zamok.authority.account;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Node;
import dev.zamok.authority.User;
import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.audit.AuditEntry;
import dev.zamok.authority.audit.AuditReader;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.store.MeddledStore;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried with that which lets one person make one account. */
class VoucherAttackTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final Bytes NAME = Bytes.wrap(new byte[20]);

  @TempDir Path directory;
  private Node node;
  private MeddledStore meddled;
  private Registration registration;
  private final Kept voucher = new Kept();

  /** Remembers what was done with it. */
  private static final class Kept implements Voucher {
    private final List<String> done = new ArrayList<>();

    @Override
    public Bytes name() {
      return NAME;
    }

    @Override
    public Future<Void> check() {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> use(AccountId account) {
      done.add("used");
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> giveBack(AccountId account) {
      done.add("given back");
      return Future.succeededFuture();
    }
  }

  @BeforeEach
  void start() {
    node = new Node(directory).start();
    meddled = new MeddledStore(node.store());
    SealedStore store = node.sealed(meddled);
    Registrar registrar = new Registrar(store, directory(store), node.clock);
    registration =
        new Registration(
            new AccountParts(
                AccountConfig.DEFAULT, null, null, null, registrar, null, null, null, null, null),
            new Audit(node.sealed(), node.clock, node.random));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Directory directory(SealedStore store) {
    var secrets = await(dev.zamok.authority.keyring.ServerSecrets.open(node.sealed(), node.random));
    return Directory.on(store, secrets.lookup());
  }

  private static Registrar.Draft draft(User user) {
    JsonObject body = user.registration();
    return new Registrar.Draft(
        user.account,
        LoginName.parse(user.login).orElseThrow(),
        "no hash",
        CardRows.parseFirst(body.getString("card"), user.account),
        StoredKeyset.fromJson(body.getJsonObject("keyset")));
  }

  private Future<Profile> register(User user) {
    Promise<Profile> done = Promise.promise();
    node.vertx.runOnContext(v -> registration.register(draft(user), voucher).onComplete(done));
    return done.future();
  }

  private Throwable failure(User user) {
    return await(register(user).map(made -> new Throwable("made")).otherwise(why -> why));
  }

  private List<AuditEntry> noted() {
    return await(new AuditReader(node.sealed()).day(TODAY));
  }

  @Test
  void somebodyIsLetInAndTheAuditDoesNotSayByWhat() {
    User carol = User.of(node, "carol");

    await(register(carol));

    assertThat(noted())
        .extracting(AuditEntry::action)
        .containsExactlyInAnyOrder(AuditAction.ACCOUNT_ADMITTED, AuditAction.ACCOUNT_REGISTERED);
    assertThat(noted())
        .filteredOn(one -> one.action() == AuditAction.ACCOUNT_ADMITTED)
        .extracting(AuditEntry::subject)
        .containsExactly(new ByteWriter(36).bytes(carol.account.toBytes()).bytes(NAME).toBytes());
    assertThat(voucher.done).containsExactly("used");
  }

  @Test
  void anAccountThatSomebodyHasIsNamedSoThatTheLetterIsClaimedForHim() {
    User ada = User.registered(node, "ada");

    assertThat(failure(ada))
        .isInstanceOfSatisfying(
            Refusal.class, why -> assertThat(why.problem()).isEqualTo(Problem.ACCOUNT_TAKEN));

    assertThat(voucher.done).isEmpty();
  }

  @Test
  void anAccountIsNotedAsMadeWhoseNameWasTaken() {
    User.registered(node, "ada");
    User other = User.of(node, "Ada");

    assertThat(failure(other))
        .isInstanceOfSatisfying(
            Refusal.class, why -> assertThat(why.problem()).isEqualTo(Problem.LOGIN_TAKEN));

    assertThat(voucher.done).containsExactly("used", "given back");
    assertThat(noted())
        .filteredOn(one -> one.action() == AuditAction.ACCOUNT_REGISTERED)
        .extracting(AuditEntry::subject)
        .doesNotContain(other.account.toBytes());
  }

  @Test
  void aVoucherIsGivenBackThoughItsAccountIsStillThere() {
    User carol = User.of(node, "carol");
    SealedStore theirs = node.sealed();
    Bytes rival = new Reservation(new AccountId(7, 7), true).encode();
    var name = directory(theirs).key(LoginName.parse("carol").orElseThrow());
    // The name, the card, the account; then somebody has taken the name over.
    meddled.pass(3);
    meddled.before(() -> theirs.put(name, 1, rival));
    meddled.dropsNothing();

    assertThat(failure(carol)).isInstanceOf(Unavailable.class);

    assertThat(voucher.done).containsExactly("used");
  }
}

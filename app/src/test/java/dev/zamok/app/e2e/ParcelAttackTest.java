package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Parcels;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies for one account, and what is tried with them. Brian and Dora hear the evil server. */
class ParcelAttackTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final MovingClock CLOCK = new MovingClock();

  @RegisterExtension static final AttackBed BED = AttackBed.allAt(CLOCK);

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person dora;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
    dora = BED.deceived("dora");
  }

  @AfterEach
  void nothingIsLeft() {
    evil.lieNoMore();
    for (Parcels.Sent one : get(parcels(ada).pending()).sent()) {
      get(parcels(ada).revoke(one.id()));
    }
  }

  private static Parcels parcels(Person of) {
    return of.session().safes().parcels();
  }

  private static Bytes send(String to, String text) {
    Contact contact = get(ada.session().lookup(to));
    return get(parcels(ada).send(contact, secret(text), HOUR));
  }

  private static Parcels.Waiting waiting(Person at, Bytes id) {
    return get(parcels(at).pending()).received().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String open(Bytes id) {
    return "/v1/parcels/" + id.toBase64Url() + "/open";
  }

  private static void tampered(CompletableFuture<?> future) {
    assertThat(problem(future).kind()).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void aCopyIsTakenOnceAndListedOnBothSidesUntilThen() {
    Bytes id = send("brian", "hand over");
    Parcels.Waiting waiting = waiting(brian, id);
    assertThat(waiting.sender().fingerprint()).isEqualTo(ada.session().self().fingerprint());
    assertThat(get(parcels(ada).pending()).sent())
        .anyMatch(one -> one.id().equals(id) && "brian".equals(one.recipient()));
    assertThat(get(parcels(brian).take(waiting)).content()).isEqualTo(secret("hand over"));
    assertThat(get(parcels(brian).pending()).received()).isEmpty();
    assertThat(get(parcels(ada).pending()).sent()).isEmpty();
  }

  @Test
  void ofManyWhoTakeACopyAtOnceExactlyOneGetsIt() {
    Bytes id = send("brian", "once");
    Person other = Person.login(BED.way(), "brian");
    Parcels.Waiting here = waiting(brian, id);
    Parcels.Waiting there = waiting(other, id);
    List<CompletableFuture<Parcels.Received>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(parcels(brian).take(here));
      all.add(parcels(other).take(there));
    }
    int got = 0;
    for (CompletableFuture<Parcels.Received> one : all) {
      got += one.handle((received, failure) -> failure == null ? 1 : 0).join();
    }
    assertThat(got).isEqualTo(1);
    other.close();
  }

  @Test
  void theServerShowsACopyAgainThatWasTaken() {
    Bytes id = send("brian", "again");
    Parcels.Waiting waiting = waiting(brian, id);
    get(parcels(brian).take(waiting));
    tampered(parcels(brian).take(waiting));
  }

  @Test
  void theCopyOfOneRecipientIsGivenToAnother() {
    Bytes forDora = send("dora", "for dora");
    get(parcels(dora).take(waiting(dora, forDora)));
    JsonObject hers = evil.last(open(forDora)).answer();
    Bytes forBrian = send("brian", "for brian");
    evil.lies(open(forBrian), (asked, truth) -> hers.copy());
    tampered(parcels(brian).take(waiting(brian, forBrian)));
  }

  @Test
  void oneCopyIsGivenInThePlaceOfAnother() {
    Bytes first = send("brian", "first");
    Bytes second = send("brian", "second");
    Parcels.Waiting waiting = waiting(brian, second);
    get(parcels(brian).take(waiting(brian, first)));
    JsonObject other = evil.last(open(first)).answer();
    evil.lies(open(second), (asked, truth) -> other.copy());
    tampered(parcels(brian).take(waiting));
  }

  @Test
  void theServerNamesAnotherSenderOrLengthensALife() {
    String mallory = dora.session().self().fingerprint().toString();
    Bytes named = send("brian", "whose");
    Parcels.Waiting waiting = waiting(brian, named);
    evil.lies(open(named), (asked, truth) -> truth.put("sender", mallory));
    tampered(parcels(brian).take(waiting));
    evil.lieNoMore();
    Bytes longer = send("brian", "for how long");
    Parcels.Waiting late = waiting(brian, longer);
    evil.lies(
        open(longer), (asked, truth) -> truth.put("expiresAt", truth.getLong("expiresAt") + 1));
    tampered(parcels(brian).take(late));
    evil.lieNoMore();
    Bytes shown = send("brian", "as if by dora");
    evil.lies(
        "/v1/parcels",
        (asked, truth) -> {
          truth.getJsonArray("received").forEach(o -> ((JsonObject) o).put("sender", mallory));
          return truth;
        });
    evil.lies(open(shown), (asked, truth) -> truth.put("sender", mallory));
    tampered(parcels(brian).take(waiting(brian, shown)));
  }

  @Test
  void aStrangerTakesOrWithdrawsACopy() {
    Bytes id = send("brian", "not yours");
    Parcels.Waiting waiting = waiting(brian, id);
    assertThat(problem(parcels(dora).take(waiting)).refusal()).isEqualTo("not-found");
    assertThat(problem(parcels(dora).revoke(id)).refusal()).isEqualTo("not-found");
    assertThat(get(parcels(brian).take(waiting)).content()).isEqualTo(secret("not yours"));
  }

  @Test
  void aCopyThatWasTakenBackOrIsOverIsTaken() {
    Bytes back = send("brian", "taken back");
    Parcels.Waiting waiting = waiting(brian, back);
    get(parcels(ada).revoke(back));
    assertThat(problem(parcels(brian).take(waiting)).refusal()).isEqualTo("not-found");
    Bytes late = send("brian", "late");
    Parcels.Waiting over = waiting(brian, late);
    CLOCK.advance(Duration.ofHours(2));
    assertThat(problem(parcels(brian).take(over)).refusal()).isEqualTo("not-found");
    assertThat(get(parcels(brian).pending()).received()).isEmpty();
  }

  @Test
  void somebodyFillsTheBoxOfAnother() {
    try (Person full = Person.register(BED.way(), "full")) {
      for (int i = 0; i < 20; i++) {
        send("full", "number " + i);
      }
      Contact contact = get(ada.session().lookup("full"));
      assertThat(problem(parcels(ada).send(contact, secret("too many"), HOUR)).refusal())
          .isEqualTo("room-state");
      assertThat(get(parcels(full).pending()).received()).hasSize(20);
    }
  }
}

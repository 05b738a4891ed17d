package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.Hpke;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a server does with the wraps of a safe: it withholds, repeats, relabels and exchanges them,
 * or has a member make others. Brian is the one who gets them; Carol administers with a program of
 * her own.
 */
class ServedWrapAttackTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person carol;
  private static Identity insider;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
    carol = BED.deceived("carol");
    insider = BED.insider("carol");
  }

  private static Fingerprint self() {
    return brian.session().self().fingerprint();
  }

  private static Safe shared(String name) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.items().add("", secret("first")));
    get(safe.sharing().share("brian", Role.WRITER));
    get(safe.sharing().share("carol", Role.ADMIN));
    return safe;
  }

  /** With what the evil server heard until now, Carol's reading included. */
  private static ForgedRoom room(Safe safe) {
    get(of(carol, safe).items().contents());
    return new ForgedRoom(evil, safe.id(), ada, brian, carol);
  }

  /** The next generation, by an admin at the honest server. */
  private static void renew(Safe safe, String login) {
    Person.register(BED.way(), login).close();
    get(safe.sharing().share(login, Role.READER));
    get(safe.sharing().revoke(login));
    get(safe.items().add("", secret("second")));
  }

  /** By whichever wrap of those served. */
  private static JsonObject to(ForgedRoom room, Fingerprint recipient, int g) {
    return room.wraps().stream()
        .filter(wrap -> wrap.getString("recipient").equals(recipient.toString()))
        .filter(wrap -> wrap.getInteger("generation") == g)
        .findFirst()
        .orElseThrow()
        .copy();
  }

  private static void doesNotOpen(Safe safe) {
    assertThat(problem(of(brian, safe).items().contents()).kind()).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void theNewestWrapIsWithheldAndNothingIsReadOrWrittenUnderTheSecretOfBefore() {
    Safe safe = shared("withheld");
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("first");
    JsonObject old = to(room(safe), self(), 1);
    renew(safe, "dora");
    Safe atBrian = of(brian, safe);
    for (JsonObject[] served : List.of(new JsonObject[0], new JsonObject[] {old})) {
      room(safe).servesWraps(served);
      assertThat(problem(atBrian.items().contents()).kind()).isEqualTo(Kind.NOT_ALLOWED);
      int before = evil.all().size();
      assertThat(problem(atBrian.items().add("", secret("for dora too"))).kind())
          .isEqualTo(Kind.NOT_ALLOWED);
      assertThat(evil.all().subList(before, evil.all().size()))
          .extracting(EvilServer.Heard::path)
          .noneMatch(path -> path.startsWith("/v1/rooms/" + safe.id() + "/items"));
      evil.lieNoMore();
    }
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("first", "second");
  }

  @Test
  void aWrapOfAnEarlierTimeIsServedAsTheNewestAndTheNewestAsAnEarlierOne() {
    Safe safe = shared("earlier");
    get(of(brian, safe).items().contents());
    JsonObject old = to(room(safe), self(), 1);
    renew(safe, "erin");
    try (Person again = BED.again("brian")) {
      room(safe).servesWraps(old.copy().put("generation", 2));
      assertThat(problem(of(again, safe).items().contents()).kind()).isEqualTo(Kind.TAMPERED);
      evil.lieNoMore();
      assertThat(texts(get(of(again, safe).items().contents()))).hasSize(2);
      JsonObject now = to(room(safe), self(), 2);
      room(safe).servesWraps(now.copy().put("generation", 1), old.copy().put("generation", 2));
    }
    try (Person again = BED.again("brian")) {
      assertThat(problem(of(again, safe).items().contents()).kind()).isEqualTo(Kind.TAMPERED);
    }
  }

  @Test
  void aWrapIsServedTwiceAndBesideOnesThatDoNotOpen() {
    Safe safe = shared("twice");
    ForgedRoom room = room(safe);
    JsonObject other = to(room, carol.session().self().fingerprint(), 1);
    RoomSecret differing = RoomSecret.random(safe.id(), 1, RANDOM);
    JsonObject true1 = room.wrap(room.secret(insider, 1), insider, self());
    // What does not open takes nothing away from what does.
    room.servesWraps(
        room.wrap(differing, insider, self()),
        other.copy().put("recipient", self().toString()),
        true1,
        true1.copy());
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("first");
  }

  @Test
  void theWrapOfAnotherMemberIsRelabelled() {
    Safe safe = shared("relabelled");
    ForgedRoom room = room(safe);
    JsonObject hers = to(room, carol.session().self().fingerprint(), 1);
    room.servesWraps(hers.put("recipient", self().toString()));
    doesNotOpen(safe);
  }

  /** Signed by Carol as if it were for Brian, and whatever she likes inside. */
  private static JsonObject signed(Bytes sealed, Hash info) {
    Bytes signed = Context.of("wrap-sig").hash(info).bytes(sealed).toBytes();
    Bytes wrap = new ByteWriter().u8(1).bytes(sealed).bytes(insider.sign(signed)).toBytes();
    return ForgedRoom.wrapped(1, insider, self(), wrap);
  }

  private static Hash info(ForgedRoom room) {
    return Hash.of(
        Context.of("wrap")
            .room(room.chain().roomId())
            .u32(1)
            .hash(room.chain().generation(1).statement())
            .bytes(self().bytes())
            .bytes(insider.fingerprint().bytes())
            .toBytes());
  }

  @Test
  void aWrapThatNamesHimIsSealedForSomebodyElseOrWithAKeyOfLowOrder() {
    Safe safe = shared("sealed otherwise");
    ForgedRoom room = room(safe);
    Hash info = info(room);
    RoomSecret known = room.secret(insider, 1);
    Bytes his =
        Hpke.seal(brian.session().self().card().agreement(), info.bytes(), known.secret(), RANDOM);
    Bytes hers = Hpke.seal(insider.card().agreement(), info.bytes(), known.secret(), RANDOM);
    Bytes low = new ByteWriter().bytes(new byte[32]).bytes(his.slice(32, his.size())).toBytes();
    room.servesWraps(signed(hers, info));
    doesNotOpen(safe);
    room.servesWraps(signed(low, info));
    doesNotOpen(safe);
    evil.lieNoMore();
    // The same by the book.
    room.servesWraps(signed(his, info));
    assertThat(texts(get(of(brian, safe).items().contents()))).containsExactly("first");
  }

  @Test
  void anAdminGivesOneMemberAnotherSecretThanTheRest() {
    Safe safe = shared("differing");
    ForgedRoom room = room(safe);
    RoomSecret differing = RoomSecret.random(safe.id(), 1, RANDOM);
    room.servesWraps(room.wrap(differing, insider, self()));
    doesNotOpen(safe);
  }

  @Test
  void aStrangerWrapsTheTrueSecret() {
    Safe safe = shared("by a stranger");
    ForgedRoom room = room(safe);
    Ghost ghost = Ghost.make();
    evil.lies("/v1/cards/lookup", ghost::amongCards);
    room.servesWraps(room.wrap(room.secret(insider, 1), ghost.identity(), self()));
    doesNotOpen(safe);
  }
}

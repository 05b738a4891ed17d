package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a member with a program of his own does together with a server that takes whatever he signs:
 * Carol is the member, Brian the one who must not believe it. Ada is at the honest server.
 */
class InsiderAttackTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int WRAP_BYTES = 61;
  private static final SecretBytes KEY = SecretBytes.random(RANDOM, 32);

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

  /** A safe with one secret, which all three read. */
  private static Safe safe(String name, Role ofCarol) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.items().add("", secret("by ada")));
    get(safe.sharing().share("brian", Role.WRITER));
    get(safe.sharing().share("carol", ofCarol));
    return safe;
  }

  /** What Carol's program knows of it. */
  private static ForgedRoom forged(Safe safe) {
    assertThat(texts(get(of(carol, safe).items().contents()))).contains("by ada");
    return new ForgedRoom(evil, safe.id(), ada, brian, carol);
  }

  @Test
  void aReaderWritesAnItemThatTheServerTakes() {
    Safe open = safe("by a writer", Role.WRITER);
    ForgedRoom good = forged(open);
    good.item(insider, good.secret(insider, 1), secret("by carol"));
    good.serve();
    // The forgery is one in nothing but the right: a writer's is believed.
    assertThat(texts(get(of(brian, open).items().contents())))
        .containsExactly("by ada", "by carol");

    Safe safe = safe("by a reader", Role.READER);
    ForgedRoom forged = forged(safe);
    forged.item(insider, forged.secret(insider, 1), secret("planted"));
    forged.serve();
    ClientProblem problem = problem(of(brian, safe).items().contents());
    assertThat(problem.kind()).isEqualTo(Kind.TAMPERED);
    assertThat(problem).hasMessageContaining("holds what it must not");
  }

  @Test
  void aWriterWhoWasRemovedWritesOn() {
    Safe safe = safe("removed writer", Role.WRITER);
    ForgedRoom before = forged(safe);
    RoomSecret old = before.secret(insider, 1);
    get(safe.sharing().revoke("carol"));
    get(of(brian, safe).items().contents());
    ForgedRoom forged = new ForgedRoom(evil, safe.id(), ada, brian, carol);
    assertThat(forged.length()).isGreaterThan(before.length());
    forged.item(insider, old, secret("planted"));
    forged.serve();
    ClientProblem problem = problem(of(brian, safe).items().contents());
    assertThat(problem.kind()).isEqualTo(Kind.TAMPERED);
    assertThat(problem).hasMessageContaining("holds what it must not");
  }

  @Test
  void aRecordOfTheGenerationBeforeIsNamedByAStatementOfNow() {
    Safe safe = safe("old secret", Role.WRITER);
    get(safe.sharing().share("carol", Role.ADMIN));
    Person dora = Person.register(BED.way(), "dora");
    get(safe.sharing().share("dora", Role.READER));
    ForgedRoom before = forged(safe);
    RoomSecret known = before.secret(insider, 1);
    get(safe.sharing().revoke("dora"));
    dora.close();
    get(of(carol, safe).items().contents());
    ForgedRoom forged = new ForgedRoom(evil, safe.id(), ada, brian, carol);
    assertThat(forged.chain().generation()).isEqualTo(2);
    // Dora, who is out, would read it.
    forged.item(insider, known, secret("for dora too"));
    forged.serve();
    ClientProblem problem = problem(of(brian, safe).items().contents());
    assertThat(problem.kind()).isEqualTo(Kind.TAMPERED);
  }

  @Test
  void aRecordOfAnUnknownSuiteIsNamedByItsAuthor() {
    for (int suite : new int[] {0, 3, 255}) {
      Safe safe = safe("suite " + suite, Role.WRITER);
      ForgedRoom forged = forged(safe);
      RoomSecret known = forged.secret(insider, 1);
      byte[] body = new ItemBody(false, false, "", secret("unknown")).encode();
      // A true record in all but the byte that says how the key, or the body, is sealed.
      for (int at : new int[] {0, WRAP_BYTES}) {
        forged.item(
            insider,
            1,
            address -> {
              byte[] record = ItemRecord.seal(known, address, body, RANDOM).toByteArray();
              record[at] = (byte) suite;
              return Bytes.wrap(record);
            });
      }
      forged.serve();
      onlyAdasIsRead(safe, 2);
    }
  }

  /** Everything of the insider's is listed under her name, and nothing of it is read. */
  private static void onlyAdasIsRead(Safe safe, int unreadable) {
    SafeContents contents = get(of(brian, safe).items().contents());
    assertThat(texts(contents)).containsExactly("by ada");
    assertThat(contents.unreadable())
        .hasSize(unreadable)
        .allSatisfy(one -> assertThat(one.author().login()).isEqualTo("carol"));
  }

  private static Bytes address(ItemAddress at) {
    return Context.of("item")
        .room(at.room())
        .bytes(at.item().toBytes())
        .u32(at.version())
        .u32(at.g())
        .u8(at.kind())
        .bytes(at.author().bytes())
        .toBytes();
  }

  /** A true wrap of a key of one's choice, as an item begins. */
  private static Bytes itemKey(RoomSecret secret, SecretBytes key, ItemAddress at) {
    Context info = Context.of("item-wrap").room(secret.room()).u32(secret.g());
    return Seal01.with(secret.derive(info)).seal(address(at), key, RANDOM);
  }

  private static Bytes join(Bytes first, Bytes second) {
    return new ByteWriter().bytes(first).bytes(second).toBytes();
  }

  @Test
  void aRecordIsMadeOfWhatWasSealedForSomethingElse() {
    Safe safe = safe("other constructs", Role.ADMIN);
    Safe atCarol = of(carol, safe);
    get(atCarol.items().contents());
    get(atCarol.sharing().revoke("brian"));
    get(atCarol.sharing().share("brian", Role.WRITER));
    Bytes body = Bytes.wrap(new ItemBody(false, false, "", secret("planted")).encode());
    Links.Terms terms = new Links.Terms(1, Duration.ofHours(1), false);
    Links.Sent sent = get(carol.session().safes().send(body, terms));
    Bytes link = sealedIn("/v1/links/.*");
    get(
        carol
            .session()
            .safes()
            .parcels()
            .send(get(carol.session().lookup("brian")), body, Duration.ofHours(1)));
    Bytes parcel = sealedIn("/v1/parcels/.*");
    Bytes name =
        Bytes.fromBase64Url(evil.last("/v1/rooms/" + safe.id()).answer().getString("info"));

    // The program that made the second secret never asked for its wrap.
    try (Person again = BED.again("carol")) {
      get(of(again, safe).items().contents());
    }
    ForgedRoom forged = forged(safe);
    RoomSecret now = forged.secret(insider, 2);
    RoomSecret before = forged.secret(insider, 1);
    // Written as it should be, what is in the link is an item.
    ItemId control = forged.item(insider, now, secret("by carol"));
    for (Bytes whole : new Bytes[] {name, link, parcel, forged.chain().generation(2).prevLink()}) {
      forged.item(insider, 2, at -> whole);
    }
    SecretBytes linkKey = linkKey(sent);
    forged.item(insider, 2, at -> join(itemKey(now, linkKey, at), link));
    SecretBytes nameKey = now.derive(Context.of("room-info").room(safe.id()).u32(2));
    forged.item(
        insider, 2, at -> join(itemKey(now, nameKey, at), name.slice(4 + Hash.SIZE, name.size())));
    // What opens as the body of a copy for an account, or as the name of the room, whatever is in
    // it.
    forged.item(insider, 2, at -> join(itemKey(now, KEY, at), asParcel(body)));
    forged.item(
        insider,
        2,
        at -> join(asName(now), Seal02.with(KEY).seal(address(at), body.toByteArray(), RANDOM)));
    // The link to the secret of before, taken for the wrap of an item's key.
    forged.item(
        insider,
        2,
        at ->
            join(
                forged.chain().generation(2).prevLink(),
                Seal02.with(before.secret()).seal(address(at), body.toByteArray(), RANDOM)));
    forged.serve();

    SafeContents contents = get(of(brian, safe).items().contents());
    assertThat(texts(contents)).containsExactly("by ada", "by carol");
    assertThat(contents.items()).extracting(item -> item.id()).contains(control);
    assertThat(contents.unreadable())
        .hasSize(9)
        .allSatisfy(one -> assertThat(one.author().login()).isEqualTo("carol"));
  }

  private static Bytes asParcel(Bytes body) {
    Context context = Context.of("parcel-body").hash(Hash.of(Bytes.EMPTY));
    return Seal02.with(KEY).seal(context.toBytes(), body.toByteArray(), RANDOM);
  }

  /** Of the size of an item's key. */
  private static Bytes asName(RoomSecret secret) {
    Context name = Context.of("room-info").room(secret.room()).u32(secret.g());
    Context context = name.bytes(insider.fingerprint().bytes());
    Context key = Context.of("room-info").room(secret.room()).u32(secret.g());
    return Seal01.with(secret.derive(key)).seal(context.toBytes(), KEY, RANDOM);
  }

  private static Bytes sealedIn(String path) {
    return Bytes.fromBase64Url(evil.last(path).request().getString("sealed"));
  }

  /** What the body of a link is sealed under. */
  private static SecretBytes linkKey(Links.Sent sent) {
    Bytes raw = Bytes.fromBase64Url(sent.link().getFragment());
    return Kdf.derive(
        SecretBytes.copyOf(raw.slice(16, 48)),
        Context.of("link-key").bytes(raw.slice(0, 16)).u8(0));
  }
}

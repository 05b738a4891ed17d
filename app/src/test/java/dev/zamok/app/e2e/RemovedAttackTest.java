package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static dev.zamok.app.e2e.SafeTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.safe.FolderRight;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeFolder;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.ChainItem;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Brian was removed, and gets all that the server has: the chain as it went on, the wraps and the
 * records that Dora gets, who is still there. He tries them with the program and with one of his
 * own.
 */
class RemovedAttackTest {
  @RegisterExtension static final AttackBed BED = new AttackBed();

  private static EvilServer evil;
  private static Person ada;
  private static Person brian;
  private static Person dora;
  private static Identity removed;
  private static Identity reader;

  @BeforeAll
  static void register() {
    evil = BED.evil();
    ada = BED.honest("ada");
    brian = BED.deceived("brian");
    dora = BED.deceived("dora");
    removed = BED.insider("brian");
    reader = BED.insider("dora");
  }

  private static Safe shared(String name) {
    Safe safe = get(ada.session().safes().create(name));
    get(safe.sharing().share("brian", Role.READER));
    get(safe.sharing().share("dora", Role.READER));
    return safe;
  }

  /** All records of that room that anybody was given, opened by whoever has that secret. */
  private static int opened(ForgedRoom room, RoomSecret secret) {
    RoomChain chain = room.chain();
    String path = "/v1/rooms/" + chain.roomId() + "/items/lookup";
    int opened = 0;
    for (EvilServer.Heard heard : evil.all()) {
      if (heard.path().equals(path) && heard.answer().containsKey("items")) {
        for (Object each : heard.answer().getJsonArray("items")) {
          JsonObject record = (JsonObject) each;
          if (record.getInteger("generation") == secret.g()) {
            opened += opens(chain, secret, record) ? 1 : 0;
          }
        }
      }
    }
    return opened;
  }

  private static boolean opens(RoomChain chain, RoomSecret secret, JsonObject record) {
    ItemId item = ItemId.parse(record.getString("item"));
    int version = record.getInteger("version");
    ChainItem named = chain.versions(item).get(version - 1);
    ItemAddress address =
        new ItemAddress(
            chain.roomId(), item, version, secret.g(), record.getInteger("kind"), named.author());
    try {
      ItemRecord.open(secret, address, Bytes.fromBase64Url(record.getString("record")));
      return true;
    } catch (CryptoFailure e) {
      return false;
    }
  }

  /** What a program of his own makes of it all: the old secret, and nothing of the next one. */
  private static void opensOnlyWhatWasBefore(ForgedRoom room) {
    RoomSecret old = room.secret(removed, 1);
    assertThat(opened(room, old)).isPositive();
    // There is something to be read, for who is still there.
    RoomSecret next = room.secret(reader, 2);
    assertThat(opened(room, next)).isPositive();

    assertThatThrownBy(() -> room.secret(removed, 2)).hasMessageContaining("no wrap");
    ChainGeneration second = room.chain().generation(2);
    RoomSecret guessed = new RoomSecret(room.chain().roomId(), 2, old.secret());
    assertThat(guessed.commit()).isNotEqualTo(second.commit());
    assertThat(opened(room, guessed)).isZero();
    // The link leads back, not on.
    assertThatThrownBy(() -> guessed.openPrevLink(second.prevLink(), second.commit()))
        .isInstanceOf(CryptoFailure.class);
    assertThat(next.openPrevLink(second.prevLink(), room.chain().generation(1).commit()))
        .isEqualTo(old);
  }

  /** From now on he is answered as Dora was, with her wraps as they are or under his name. */
  private static void helps(ForgedRoom room, RoomId id, boolean relabelled) {
    room.serve();
    JsonObject[] wraps =
        room.wraps().stream()
            .map(JsonObject::copy)
            .map(
                wrap -> relabelled ? wrap.put("recipient", removed.fingerprint().toString()) : wrap)
            .toArray(JsonObject[]::new);
    room.servesWraps(wraps);
    for (String what : List.of("", "/items/lookup")) {
      String path = "/v1/rooms/" + id + what;
      JsonObject answer = evil.last(path).answer();
      evil.gives(path, answer);
    }
  }

  @Test
  void aRemovedMemberReadsTheNextSecretsOfASafeWithTheServersHelp() {
    Safe safe = shared("left");
    get(safe.items().add("", secret("old")));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("old");
    get(of(dora, safe).items().contents());
    get(safe.sharing().revoke("brian"));
    get(safe.items().add("", secret("new")));
    assertThat(texts(get(of(dora, safe).items().contents()))).containsExactly("old", "new");

    ForgedRoom room = new ForgedRoom(evil, safe.id(), ada, brian, dora);
    opensOnlyWhatWasBefore(room);
    for (boolean relabelled : new boolean[] {false, true}) {
      helps(room, safe.id(), relabelled);
      assertThat(problem(atBrian.items().contents()).kind()).isIn(Kind.TAMPERED, Kind.NOT_ALLOWED);
      assertThat(problem(atBrian.items().add("", secret("from outside"))).kind())
          .isIn(Kind.TAMPERED, Kind.NOT_ALLOWED);
      evil.lieNoMore();
    }
  }

  @Test
  void whoLostReadingOfAFolderReadsItsNextSecretsWithTheServersHelp() {
    Safe safe = shared("with a folder");
    SafeFolder folder =
        get(
            safe.folders()
                .create("hr", Map.of("brian", FolderRight.READ, "dora", FolderRight.READ)));
    get(safe.items().add("hr", secret("old")));
    Safe atBrian = of(brian, safe);
    assertThat(texts(get(atBrian.items().contents()))).containsExactly("old");
    get(of(dora, safe).items().contents());
    get(safe.folders().setRight(folder, "brian", FolderRight.NONE));
    get(safe.items().add("hr", secret("new")));
    assertThat(texts(get(of(dora, safe).items().contents()))).containsExactly("old", "new");
    JsonObject view = FolderAttackTest.listed(evil.last("/v1/rooms").answer(), folder.id());

    ForgedRoom room = new ForgedRoom(evil, folder.id(), ada, brian, dora);
    opensOnlyWhatWasBefore(room);
    evil.lies(
        "/v1/rooms",
        (asked, truth) -> truth.put("rooms", truth.getJsonArray("rooms").copy().add(view)));
    room.serve();
    evil.gives("/v1/rooms/" + folder.id(), view);
    evil.gives(
        "/v1/rooms/" + folder.id() + "/items/lookup",
        evil.last("/v1/rooms/" + folder.id() + "/items/lookup").answer());
    room.servesWraps(room.wraps().toArray(JsonObject[]::new));
    assertThat(texts(get(atBrian.items().contents()))).doesNotContain("new");
  }
}

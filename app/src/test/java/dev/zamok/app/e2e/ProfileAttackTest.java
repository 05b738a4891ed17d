package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.SafeTest.of;
import static dev.zamok.app.e2e.SafeTest.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.group.Group;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.Context;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.crypto.room.RoomSecret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who copies the profile of a kept device looks for keys in it. */
class ProfileAttackTest {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{40,}");

  @TempDir Path directory;

  /** The key of the account, its private keys, and the secrets of what it is in. */
  private static Map<String, byte[]> keys(
      EvilServer evil, Person.Way way, Person ada, Safe safe, Group group) throws Exception {
    Insider insider = Insider.of(evil, way, "ada");
    try (Person again = Person.login(evil.way(way), "ada")) {
      get(of(again, safe).items().contents());
      get(get(again.session().groups().group(group.id())).name());
    }
    RoomSecret ofSafe = new ForgedRoom(evil, safe.id(), ada).secret(insider.identity(), 1);
    RoomSecret ofGroup = new ForgedRoom(evil, group.id(), ada).secret(insider.identity(), 1);
    Method key = UnlockKey.class.getDeclaredMethod("key");
    key.setAccessible(true);
    Context itemWrap = Context.of("item-wrap").room(safe.id()).u32(1);
    Map<String, byte[]> keys = new LinkedHashMap<>();
    keys.put("the unlocking key", ((SecretBytes) key.invoke(insider.unlockKey())).toByteArray());
    keys.put("the signing key", insider.identity().signing().seed().toByteArray());
    keys.put("the agreement key", insider.identity().agreement().secret().toByteArray());
    keys.put("the secret of the safe", ofSafe.secret().toByteArray());
    keys.put("the key of its items", ofSafe.derive(itemWrap).toByteArray());
    keys.put("the secret of the group", ofGroup.secret().toByteArray());
    keys.put("the group's key", GroupKeys.of(ofGroup).signing().seed().toByteArray());
    return keys;
  }

  /** As bytes, as hexadecimal digits, and inside of whatever is written in base64. */
  private static boolean isIn(String all, byte[] key) {
    String raw = new String(key, StandardCharsets.ISO_8859_1);
    String hex = HexFormat.of().formatHex(key);
    return all.contains(raw)
        || all.toLowerCase(Locale.ROOT).contains(hex)
        || BASE64.matcher(all).results().anyMatch(found -> decoded(found.group()).contains(raw));
  }

  private static String decoded(String base64) {
    String url = base64.replace('+', '-').replace('/', '_');
    // A single character at the end is no whole byte.
    String whole = url.substring(0, url.length() - url.length() % 4);
    String rest = url.length() % 4 > 1 ? url.substring(whole.length()) : "";
    byte[] bytes = Base64.getUrlDecoder().decode(whole + rest);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String everything(Path profile) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
      }
    }
    return all.toString();
  }

  private static String wrapIn(Path profile) throws IOException {
    JsonObject kept = new JsonObject(Files.readString(profile.resolve("kept.json")));
    return kept.getJsonArray("halves").getJsonObject(0).getString("wrap");
  }

  @Test
  void noKeyIsInTheProfileOfAKeptDeviceInAnySpelling() throws Exception {
    Path profile = directory.resolve("profile");
    try (TestServer server = TestServer.start(directory);
        EvilServer evil = EvilServer.before(server, directory)) {
      Person.Way way = Person.Way.to(server);
      Person.register(way, "brian").close();
      Person ada = Person.register(evil.way(way).withProfile(profile), "ada");
      Group group = get(ada.session().groups().create("the name of the group"));
      get(group.add("brian", false));
      Safe safe = get(ada.session().safes().create("the name of the safe"));
      get(safe.items().add("", secret("a secret of the safe")));
      get(safe.sharing().shareWithGroup(group, Role.READER));
      get(safe.items().contents());
      get(ada.session().keepDevice());
      Map<String, byte[]> keys = keys(evil, way, ada, safe, group);
      ada.close();

      String all = everything(profile);
      // The look is a real one: what may lie there is found, also in the middle of something.
      byte[] part = Base64.getUrlDecoder().decode(wrapIn(profile));
      assertThat(isIn(all, Arrays.copyOfRange(part, 17, 49))).isTrue();
      assertThat(all).contains("\"token\"", "\"wrap\"", "\"secret\"");
      assertThat(profile.resolve("room-" + safe.id() + ".cache")).exists();
      keys.forEach(
          (what, key) -> {
            assertThat(key).as(what).hasSize(32);
            assertThat(isIn(all, key)).as(what + " in the profile").isFalse();
          });
      // Of the two halves that open the rest, the server's is with the server.
      for (EvilServer.Heard one : evil.all()) {
        JsonArray codes = one.answer().getJsonArray("codes", new JsonArray());
        for (int i = 0; one.path().equals("/v1/device/code") && i < codes.size(); i++) {
          assertThat(all.contains(codes.getJsonObject(i).getString("code"))).isFalse();
        }
      }
      assertThat(all)
          .doesNotContain("a secret of the safe", "the name of the safe", "the name of the group")
          .doesNotContain(Person.password("ada"), Person.master("ada"));
    }
  }
}

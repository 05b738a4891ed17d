package dev.zamok.load.bench.safe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItems;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretText;
import dev.zamok.load.bench.Bench;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is measured on: a safe of many items and many members, who are logged in. Made once and
 * kept.
 *
 * @param tokens of the members' sessions
 */
record Stage(Place place, RoomId safe, List<String> tokens) {
  private static final String OWNER = "owner";
  private static final int AT_ONCE = 500;

  /** How large. */
  record Size(int items, int members) {}

  @Override
  public String toString() {
    return "Stage[" + safe + "]";
  }

  static Stage load(Place place, Size size, Consumer<String> note) {
    Path file = place.directory().resolve("stage-" + size.items() + "-" + size.members() + ".json");
    if (!Files.exists(file)) {
      make(place, size, file, note);
    }
    try {
      var json = new ObjectMapper().readTree(Files.readAllBytes(file));
      List<String> tokens = new ArrayList<>();
      json.path("tokens").forEach(token -> tokens.add(token.asText()));
      return new Stage(place, RoomId.parse(json.path("safe").asText()), tokens);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Place place, Size size, Path file, Consumer<String> note) {
    note.accept("making " + size.members() + " accounts");
    String prefix = "m" + System.currentTimeMillis();
    List<Accounts.Made> members = new Accounts(place).make(prefix, size.members() + 1);
    Accounts.Made maker = members.remove(size.members());
    try (ZamokClient client = place.owner()) {
      Session owner =
          Bench.wait(
              client.register(
                  OWNER + prefix, Accounts.PASSWORD.toCharArray(), "another one".toCharArray()));
      Bench.wait(owner.keepDevice());
      note.accept("making a safe for them");
      SessionApi session = Accounts.authority(place, Runnable::run).session(maker.token());
      RoomId id =
          new Crowd(maker.identity(), session)
              .make(
                  owner.self().card(),
                  members.stream().map(member -> member.identity().card()).toList());
      note.accept("making " + size.items() + " items");
      fill(Bench.wait(owner.safes().safe(id)), size.items());
      ObjectNode json = new ObjectMapper().createObjectNode();
      json.put("safe", id.toString());
      ArrayNode list = json.putArray("tokens");
      members.forEach(member -> list.add(member.token()));
      Files.writeString(file, json.toString());
      Bench.wait(owner.close());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Safe safe, int items) {
    List<SafeItems.NewItem> all = new ArrayList<>(items);
    for (int i = 0; i < items; i++) {
      Secret secret =
          Secret.named("service " + i)
              .login("user" + i)
              .password(SecretText.of("password of the service number " + i))
              .done();
      all.add(new SafeItems.NewItem("folder " + i % 20, Bytes.wrap(SecretCodec.encode(secret))));
    }
    for (int at = 0; at < items; at += AT_ONCE) {
      Bench.wait(safe.items().addAll(all.subList(at, Math.min(items, at + AT_ONCE))));
    }
  }
}

package dev.zamok.load.bench.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.Session;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.safe.Safe;
import dev.zamok.crypto.chain.Role;
import dev.zamok.load.bench.Bench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Shuts a member out of the safe, which wraps a new secret for all others; and back in. */
final class Rewraps {
  private Rewraps() {}

  static void measure(Stage stage, int rounds, ObjectNode result, Consumer<String> note) {
    try (ZamokClient client = stage.place().owner()) {
      Session owner = Bench.wait(client.resume());
      Safe safe = Bench.wait(owner.safes().safe(stage.safe()));
      List<RoomMember> members = Bench.wait(safe.members());
      String login =
          members.stream().filter(m -> !m.self()).findFirst().orElseThrow().contact().login();
      // What he could open is told at the end of a removal: known before, it costs nothing here.
      int items = Bench.wait(safe.items().contents()).items().size();
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        long begun = System.nanoTime();
        Bench.wait(safe.sharing().revoke(login));
        millis.add((System.nanoTime() - begun) / 1_000_000);
        Bench.wait(safe.sharing().share(login, Role.READER));
      }
      note.accept(
          "rewrapped for " + (members.size() - 1) + ": " + millis + " ms, " + items + " items");
      Collections.sort(millis);
      result.put("rewrapMillis", millis.get(millis.size() / 2));
      result.put("rewrapMillisMax", millis.get(millis.size() - 1));
      Bench.wait(owner.close());
    }
  }
}

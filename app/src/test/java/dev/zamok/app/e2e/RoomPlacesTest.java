package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Safe;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that takes fewer rooms on a connection than a client could join. */
class RoomPlacesTest {
  @Test
  void whoListensToMoreSafesThanTheHubTakesIsToldSo(@TempDir Path place) {
    try (TestServer server = TestServer.start(place)) {
      server.configure("hub:\n  roomsPerConnectionMax: 1\n");
      try (Person ada = Person.register(Person.Way.to(server), "ada")) {
        List<Safe> safes =
            Stream.of("one", "two", "three")
                .map(name -> get(ada.session().safes().create(name)))
                .toList();
        // All at once: what the hub takes is known to none of them yet.
        List<CompletableFuture<Runnable>> all =
            safes.stream().map(safe -> safe.listen(() -> {})).toList();
        List<String> ends = all.stream().map(RoomPlacesTest::end).toList();
        assertThat(ends).containsExactlyInAnyOrder("listens", "too-many-rooms", "too-many-rooms");
        Safe refused = safes.get(ends.indexOf("too-many-rooms"));
        assertThat(problem(refused.listen(() -> {})).refusal()).isEqualTo("too-many-rooms");
      }
    }
  }

  private static String end(CompletableFuture<Runnable> listening) {
    return get(
        listening.handle(
            (end, failure) -> failure == null ? "listens" : ClientProblem.in(failure).refusal()));
  }
}

package dev.zamok.authority;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Several authorities, and what users ask of them. */
abstract class ClusterUsers {
  @TempDir Path directory;
  ClusterBed bed;

  @BeforeEach
  void open() {
    bed = new ClusterBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  static JsonObject ok(HttpResponse<Buffer> response) {
    assertThat(response.statusCode()).as(response.bodyAsString()).isBetween(200, 201);
    return response.bodyAsJsonObject();
  }

  static RoomId channel(User owner) {
    JsonObject room =
        new JsonObject()
            .put("kind", "channel")
            .put("history", "full")
            .put("name", "lobby")
            .put("open", true);
    return RoomId.parse(ok(owner.post("/v1/rooms", room)).getString("room"));
  }

  /** The same user at another door. */
  static User at(ClusterBed.One door, User user) {
    User there = user.through(door);
    there.use(user.token());
    return there;
  }

  RoomState state(RoomId room) {
    return await(bed.log.state(room));
  }

  /** Asked again for as long as the answer is 503: a lease may just have come to its holder. */
  HttpResponse<Buffer> patiently(Supplier<HttpResponse<Buffer>> request) {
    AtomicReference<HttpResponse<Buffer>> last = new AtomicReference<>();
    bed.until(
        () -> {
          last.set(request.get());
          return last.get().statusCode() != 503;
        });
    return last.get();
  }

  static HttpResponse<Buffer> rotate(User who, RoomId room) {
    return who.post("/v1/rooms/" + room + "/rotations", new JsonObject().put("kind", "ratchet"));
  }

  static JsonArray shares(User who, RoomId room) {
    JsonObject wanted = new JsonObject().put("room", room.toString()).put("from", 1);
    return ok(who.post("/v1/shares", new JsonObject().put("rooms", new JsonArray().add(wanted))))
        .getJsonArray("rooms");
  }
}

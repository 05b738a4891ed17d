package dev.zamok.client.authority;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.HttpExchange.Call;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@link OpeningsApi} over HTTPS. Holds the token of the session. */
final class HttpOpenings implements OpeningsApi {
  private final HttpExchange http;
  private final String token;

  HttpOpenings(HttpExchange http, String token) {
    this.http = http;
    this.token = token;
  }

  @Override
  public CompletableFuture<Void> note(RoomId room, List<Bytes> openings) {
    ObjectNode body = HttpExchange.object();
    ArrayNode list = body.putArray("openings");
    openings.forEach(opening -> list.add(opening.toBase64Url()));
    return http.run(new Call("POST", path(room), body), token);
  }

  @Override
  public CompletableFuture<Page> openings(RoomId room, @Nullable String after) {
    String query =
        after == null ? "" : "?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    return http.get(
        path(room) + query, token, in -> new Page(in.blobs("openings"), in.textOrNull("next")));
  }

  private static String path(RoomId room) {
    return "/v1/rooms/" + room + "/openings";
  }
}

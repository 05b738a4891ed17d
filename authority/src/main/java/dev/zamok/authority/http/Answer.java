package dev.zamok.authority.http;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that succeeded.
 *
 * @param body null for an empty answer
 * @param etag the value of the {@code ETag} header, with its quotes
 */
public record Answer(int status, @Nullable JsonObject body, @Nullable String etag) {
  public static final Answer NO_CONTENT = new Answer(204, null, null);

  public static Answer ok(JsonObject body) {
    return new Answer(200, body, null);
  }

  public static Answer created(JsonObject body) {
    return new Answer(201, body, null);
  }

  public Answer withETag(long version) {
    return new Answer(status, body, "\"" + version + "\"");
  }
}

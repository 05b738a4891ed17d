package dev.zamok.authority.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came, to be sent on to another authority. Holds a credential: never print it.
 *
 * @param uri path and query
 */
public record Original(
    HttpMethod method,
    String uri,
    @Nullable String authorization,
    @Nullable String ifMatch,
    Buffer body) {
  @Override
  public String toString() {
    return "Original[" + method + "]";
  }
}

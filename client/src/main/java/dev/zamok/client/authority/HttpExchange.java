package dev.zamok.client.authority;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One request, one answer, over HTTPS with JSON; failures become {@link ClientProblem}. Futures
 * complete on {@code loop}. Nothing of a request or an answer is logged.
 */
public final class HttpExchange {
  /** A page of history of the largest entries. */
  static final int ANSWER_BYTES_MAX = 64 << 20;

  private static final String PROBLEM_PREFIX = "urn:zamok:problem:";

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  .build())
          .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final HttpClient http;
  private final URI server;
  private final Executor loop;
  private final Duration timeout;

  /**
   * @param server {@code https://host:port}
   * @param timeout for one request, answer included
   */
  public HttpExchange(HttpClient http, URI server, Executor loop, Duration timeout) {
    this.http = http;
    this.server = server;
    this.loop = loop;
    this.timeout = timeout;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  <T> CompletableFuture<T> get(String path, @Nullable String token, Function<JsonFields, T> read) {
    return call(new Call("GET", path, null), token, read);
  }

  <T> CompletableFuture<T> call(Call call, @Nullable String token, Function<JsonFields, T> read) {
    return send(call, token, body -> read.apply(fields(body)));
  }

  CompletableFuture<Void> run(Call call, @Nullable String token) {
    return this.<@Nullable Void>send(call, token, body -> null);
  }

  /**
   * A request.
   *
   * @param ifMatch the version that it replaces; negative for requests that replace none
   */
  record Call(String method, String path, @Nullable ObjectNode body, int ifMatch) {
    Call(String method, String path, @Nullable ObjectNode body) {
      this(method, path, body, -1);
    }
  }

  private <T> CompletableFuture<T> send(
      Call call, @Nullable String token, Function<byte[], T> read) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(call.path())).timeout(timeout);
    ObjectNode body = call.body();
    if (call.ifMatch() >= 0) {
      request.header("If-Match", "\"" + call.ifMatch() + "\"");
    }
    request.header("Accept", "application/json, application/problem+json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      request.method(call.method(), HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(call.method(), HttpRequest.BodyPublishers.ofByteArray(bytes(body)));
    }
    boolean changes = !call.method().equals("GET");
    // The request's own time-out ends with the headers: a body that stalls needs this one.
    return http.sendAsync(request.build(), answer -> new LimitedBody(ANSWER_BYTES_MAX))
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        // Large answers are taken apart on the thread that received them, not on the loop.
        .handle((answer, failure) -> read.apply(result(answer, failure, changes, token != null)))
        .handleAsync(HttpExchange::settled, loop);
  }

  private static <T> T settled(T value, @Nullable Throwable failure) {
    if (failure == null) {
      return value;
    }
    if (ClientProblem.unwrap(failure) instanceof RuntimeException problem) {
      throw problem;
    }
    throw new IllegalStateException("an answer that cannot be read", failure);
  }

  private static byte[] result(
      @Nullable HttpResponse<byte[]> answer,
      @Nullable Throwable failure,
      boolean changes,
      boolean loggedIn) {
    if (answer == null || failure != null) {
      throw broken(failure, changes);
    }
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return answer.body();
    }
    throw problem(status, answer.body(), changes, loggedIn);
  }

  private static ClientProblem broken(@Nullable Throwable failure, boolean changes) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof CertificateException) {
        return ClientProblem.of(Kind.SERVER_UNTRUSTED, "the server's certificate is not trusted");
      }
      if (cause instanceof ConnectException) {
        return ClientProblem.unavailable("the server cannot be reached", false);
      }
      cause = cause.getCause();
    }
    Throwable reason = failure == null ? null : ClientProblem.unwrap(failure);
    // Only before the handshake's end is it certain that nothing was asked.
    boolean certain = reason instanceof SSLHandshakeException;
    return ClientProblem.unavailable(
        reason instanceof SSLException
            ? "the connection to the server could not be secured"
            : "the server did not answer",
        changes && !certain);
  }

  private static ClientProblem problem(int status, byte[] body, boolean changes, boolean loggedIn) {
    String name = "";
    String title = "the server refused (" + status + ")";
    long retryAfterMillis = 0;
    try {
      JsonFields fields = fields(body);
      String type = fields.text("type");
      name = type.startsWith(PROBLEM_PREFIX) ? type.substring(PROBLEM_PREFIX.length()) : "";
      title = printable(fields.text("title"));
      retryAfterMillis = fields.has("retryAfterMillis") ? fields.number("retryAfterMillis") : 0;
    } catch (ClientProblem e) {
      // Something between us and the authority answered: the status has to do.
      name = "";
    }
    boolean broken = status >= 500 && status != 501 && status != 503;
    if (broken || name.equals("outcome-unknown")) {
      return ClientProblem.unavailable(title, changes);
    }
    Kind kind =
        switch (status) {
          case 401 ->
              loggedIn && !name.equals("login-failed") ? Kind.LOGGED_OUT : Kind.WRONG_PASSWORD;
          case 403 -> Kind.NOT_ALLOWED;
          case 429, 503 -> Kind.UNAVAILABLE;
          default -> Kind.REFUSED;
        };
    return ClientProblem.refused(kind, name, title, retryAfterMillis);
  }

  /** What a server says may reach a terminal. */
  private static String printable(String text) {
    String safe = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    return safe.length() > 200 ? safe.substring(0, 200) : safe;
  }

  private static JsonFields fields(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node != null) {
        return new JsonFields(node);
      }
    } catch (IOException e) {
      throw ClientProblem.tampered("the server's answer is not JSON");
    }
    throw ClientProblem.tampered("the server's answer is empty");
  }

  private static byte[] bytes(ObjectNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that cannot be written", e);
    }
  }
}

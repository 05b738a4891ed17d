package dev.zamok.authority.http;

import dev.zamok.authority.rights.Principal;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request that follows the contract, made by who it says. */
public final class Request {
  private static final Pattern IF_MATCH = Pattern.compile("\"[0-9]{1,10}\"");

  private final ValidatedRequest validated;
  private final @Nullable Principal principal;
  private final String address;
  private final Original original;

  Request(
      ValidatedRequest validated,
      @Nullable Principal principal,
      String address,
      Original original) {
    this.validated = validated;
    this.principal = principal;
    this.address = address;
    this.original = original;
  }

  /** As it came. */
  public Original original() {
    return original;
  }

  /**
   * Who asks. Only for operations that the contract secures; elsewhere {@link
   * IllegalStateException}.
   */
  public Principal principal() {
    if (principal == null) {
      throw new IllegalStateException("this operation has no principal");
    }
    return principal;
  }

  /** The network address of the client, for limits only. */
  public String address() {
    return address;
  }

  /** A parameter of the path, which the contract demands. */
  public String path(String name) {
    RequestParameter value = validated.getPathParameters().get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("the contract has no path parameter " + name);
    }
    return String.valueOf(value.get());
  }

  public Optional<String> query(String name) {
    RequestParameter value = validated.getQuery().get(name);
    return value == null || value.isEmpty()
        ? Optional.empty()
        : Optional.of(String.valueOf(value.get()));
  }

  /** A number of the query, checked by the contract; {@code absent} when it is left out. */
  public int query(String name, int absent) {
    return query(name).map(Integer::parseInt).orElse(absent);
  }

  /**
   * The version in {@code If-Match}: one strong validator, a number of at most ten digits (RFC 9110
   * §13.1.1). Fails with {@link Problem#REQUEST_INVALID} for anything else.
   */
  public long ifMatch() {
    String ifMatch = original.ifMatch();
    if (ifMatch == null || !IF_MATCH.matcher(ifMatch).matches()) {
      throw Refusal.because(Problem.REQUEST_INVALID, "If-Match");
    }
    return Long.parseLong(ifMatch.substring(1, ifMatch.length() - 1));
  }

  /** The body; empty where the contract has none. */
  public JsonObject body() {
    RequestParameter body = validated.getBody();
    return body == null || body.isEmpty() ? new JsonObject() : body.getJsonObject();
  }
}

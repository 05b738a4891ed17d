package dev.zamok.authority.http;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a request failed, as {@code application/problem+json} (RFC 9457). The type, {@code
 * urn:zamok:problem:<name>}, is stable; the title is for people.
 */
public enum Problem {
  REQUEST_INVALID(400, "the request does not follow the contract"),
  UNAUTHENTICATED(401, "log in first"),
  /** Unknown account and wrong password alike. */
  LOGIN_FAILED(401, "login name or password is wrong"),
  NOT_PERMITTED(403, "this right is missing"),
  NOT_FOUND(404, "there is no such thing, or none you may see"),
  METHOD_NOT_ALLOWED(405, "not with this method"),
  LOGIN_TAKEN(409, "this login name is taken"),
  ACCOUNT_TAKEN(409, "this account exists"),
  /** Somebody extended the chain first: read it, then try again. */
  CHAIN_CONFLICT(409, "the chain has grown"),
  CONFLICT(409, "it has changed meanwhile"),
  VERSION_CONFLICT(412, "another version is there"),
  TOO_LARGE(413, "the request is too large"),
  UNSUPPORTED_MEDIA(415, "send application/json"),
  LOGIN_NAME_INVALID(422, "this login name cannot be used"),
  CARD_INVALID(422, "the card does not verify"),
  KEYSET_INVALID(422, "the keyset or its unlocks are not well formed"),
  CHAIN_INVALID(422, "the statement does not verify"),
  WRAP_INVALID(422, "the wraps are not those that are needed"),
  ITEM_INVALID(422, "the item is not as its statement says"),
  /** The room owes a generation, or the operation is not for this kind of room. */
  ROOM_STATE(422, "the room does not permit this now"),
  RATE_LIMITED(429, "too many requests"),
  INTERNAL(500, "something broke here"),
  NOT_IMPLEMENTED(501, "not offered by this server"),
  OVERLOADED(503, "too much is going on"),
  UNAVAILABLE(503, "a part that is needed does not answer"),
  /** Read what is there before trying again. */
  OUTCOME_UNKNOWN(503, "it may have happened, or not");

  private final int status;
  private final String title;

  Problem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String type() {
    return "urn:zamok:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** By the type of an answer; empty for one that is not ours. */
  public static Optional<Problem> ofType(String type) {
    return Arrays.stream(values()).filter(problem -> problem.type().equals(type)).findFirst();
  }

  public Refusal refusal() {
    return new Refusal(this, null, null);
  }
}

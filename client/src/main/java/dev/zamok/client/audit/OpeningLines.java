package dev.zamok.client.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Cards;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks what an authority shows of the openings in a room: every one is signed by a member, past
 * or present; no line has a hole or another content; what was seen before is still there, until it
 * was kept long enough. Fails with {@code TAMPERED} or {@code CHAIN_ALARM}.
 */
final class OpeningLines {
  /** How long an authority keeps them. */
  static final Duration RETENTION = Duration.ofDays(400);

  /** By so much clocks may differ, and a retention end early. */
  static final Duration SLACK = Duration.ofDays(3);

  private final RoomId room;
  private final Predicate<Fingerprint> everRead;
  private final Cards cards;
  private final long nowMillis;
  private final Map<String, Opening> newest = new LinkedHashMap<>();

  /**
   * @param everRead who reads or ever read in the room
   */
  OpeningLines(RoomId room, Predicate<Fingerprint> everRead, Cards cards, long nowMillis) {
    this.room = room;
    this.everRead = everRead;
    this.cards = cards;
    this.nowMillis = nowMillis;
  }

  /**
   * Takes all of them, by author and line.
   *
   * @param seen the end of each line as it was seen before, or null
   */
  void check(List<Opening> openings, @Nullable ObjectNode seen) {
    ObjectNode pins = seen == null ? JsonNodeFactory.instance.objectNode() : seen;
    for (Opening opening : openings) {
      checkAuthor(opening);
      String line = line(opening);
      Opening before = newest.put(line, opening);
      if (before == null ? !mayBegin(opening) : !opening.follows(before)) {
        throw alarm("openings are missing in it, or were changed");
      }
      JsonNode pin = pins.path(line);
      if (pin.path("n").asInt() == opening.place().n()
          && !pin.path("hash").asText().equals(opening.hash().toString())) {
        throw alarm("it differs from the one seen before");
      }
    }
    for (Map.Entry<String, JsonNode> pin : pins.properties()) {
      Opening last = newest.get(pin.getKey());
      boolean shorter = last == null || last.place().n() < pin.getValue().path("n").asInt();
      if (shorter && !isForgotten(pin.getValue().path("time").asLong())) {
        throw alarm("openings that were seen before are gone");
      }
    }
  }

  /** The end of each line, to be compared with the next time. */
  ObjectNode pins() {
    ObjectNode pins = JsonNodeFactory.instance.objectNode();
    newest.forEach(
        (line, last) ->
            pins.putObject(line)
                .put("n", last.place().n())
                .put("hash", last.hash().toString())
                .put("time", last.timeMillis()));
    return pins;
  }

  private void checkAuthor(Opening opening) {
    Card card = cards.byFingerprint(opening.place().author());
    boolean member = everRead.test(opening.place().author());
    if (card == null || !member || !opening.place().room().equals(room)) {
      throw ClientProblem.tampered("an opening by somebody who never was a member");
    }
    try {
      opening.verify(card);
    } catch (CryptoFailure e) {
      throw ClientProblem.tampered("an opening that its author did not sign");
    }
  }

  private boolean mayBegin(Opening first) {
    return first.place().n() == 1 || isForgotten(first.place().previousMillis());
  }

  private boolean isForgotten(long timeMillis) {
    return timeMillis <= nowMillis - RETENTION.minus(SLACK).toMillis();
  }

  private static String line(Opening opening) {
    return opening.place().author() + ":" + Long.toHexString(opening.place().line());
  }

  private static ClientProblem alarm(String what) {
    return ClientProblem.of(Kind.CHAIN_ALARM, "the audit: " + what);
  }
}

package dev.zamok.client.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.OpeningsApi;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The line in which this device says what it opened in one room. What could not be sent waits in
 * the profile and goes with the next. Belongs to the client's loop.
 */
public final class OwnOpenings {
  private final RoomId room;
  private final OpeningsApi authority;
  private final Ground ground;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /**
   * What it stands on.
   *
   * @param author the keys that the room knows its reader by
   */
  public record Ground(Loop loop, Supplier<Identity> author, Profile profile, SecureRandom random) {
    Identity self() {
      return author.get();
    }

    @Override
    public String toString() {
      return "Ground";
    }
  }

  public OwnOpenings(RoomId room, OpeningsApi authority, Ground ground) {
    this.room = room;
    this.authority = authority;
    this.ground = ground;
  }

  /** What is to be said. */
  private record Said(long timeMillis, Opening.What what, @Nullable ItemId item, int version) {}

  /**
   * Completes when the authority keeps it. Fails with {@code UNAVAILABLE} when it is not there:
   * then it is said with the next one.
   */
  public CompletableFuture<Void> note(Opening.What what, @Nullable ItemId item, int version) {
    Said said = new Said(ground.loop().wallMillis(), what, item, version);
    CompletableFuture<Void> after =
        running.<Void>handle((done, failure) -> null).thenCompose(done -> send(said));
    running = after;
    return after;
  }

  private CompletableFuture<Void> send(Said said) {
    Line line = read();
    if (line.waiting.size() >= OpeningsApi.OPENINGS_PER_NOTE_MAX) {
      // It was away for too long to be told everything.
      line = fresh();
    }
    line.add(said, ground.self());
    write(line);
    return send(line)
        .exceptionallyCompose(
            failure -> {
              ClientProblem problem = ClientProblem.in(failure);
              boolean lost =
                  problem.kind() == Kind.REFUSED
                      && (problem.refusal().equals("conflict")
                          || problem.refusal().equals("request-invalid"));
              if (!lost) {
                return CompletableFuture.failedFuture(problem);
              }
              // An older copy of the profile is at work, or a clock jumped: begin a line.
              Line other = fresh();
              other.add(said, ground.self());
              write(other);
              return send(other);
            });
  }

  private CompletableFuture<Void> send(Line line) {
    return authority
        .note(room, line.waiting.stream().map(Opening::encoded).toList())
        .thenAccept(
            done -> {
              line.arrived();
              write(line);
            });
  }

  /** Where it begins, the last one that arrived, and those that are not known to have arrived. */
  private static final class Line {
    private final Opening.Place first;
    private @Nullable Opening sent;
    final List<Opening> waiting = new ArrayList<>();

    Line(Opening.Place first, @Nullable Opening sent) {
      this.first = first;
      this.sent = sent;
    }

    void arrived() {
      sent = last();
      waiting.clear();
    }

    Opening last() {
      return waiting.get(waiting.size() - 1);
    }

    void add(Said said, Identity self) {
      Opening before = waiting.isEmpty() ? sent : last();
      Opening.Place at = before == null ? first : before.next();
      long time = Math.max(said.timeMillis(), at.previousMillis());
      waiting.add(Opening.sign(at, time, said.what(), said.item(), said.version(), self));
    }
  }

  private Line fresh() {
    return new Line(
        Opening.Place.first(room, ground.self().fingerprint(), ground.random().nextLong()), null);
  }

  private Line read() {
    ObjectNode json = ground.profile().note(name());
    if (json == null) {
      return fresh();
    }
    try {
      Line line = null;
      if (json.has("last")) {
        Opening last = own(opening(json.path("last")));
        line = new Line(last.place(), last);
      }
      for (JsonNode waiting : json.path("waiting")) {
        Opening opening = own(opening(waiting));
        if (line == null) {
          line = new Line(opening.place(), null);
        }
        line.waiting.add(opening);
      }
      return line == null ? fresh() : line;
    } catch (RuntimeException e) {
      // It is no more than where a line ended: another one is begun.
      return fresh();
    }
  }

  private Opening own(Opening opening) {
    opening.verify(ground.self().card());
    return opening;
  }

  private static Opening opening(JsonNode text) {
    return Opening.parse(Bytes.fromBase64Url(text.asText()));
  }

  private void write(Line line) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Opening sent = line.sent;
    if (sent != null) {
      json.put("last", sent.encoded().toBase64Url());
    }
    ArrayNode list = json.putArray("waiting");
    line.waiting.forEach(opening -> list.add(opening.encoded().toBase64Url()));
    ground.profile().note(name(), json);
  }

  private String name() {
    return "opened-" + room;
  }
}

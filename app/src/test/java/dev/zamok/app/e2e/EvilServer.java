package dev.zamok.app.e2e;

import dev.zamok.client.safe.Safe;
import dev.zamok.protocol.RoomId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server gone bad: it stands in front of the real one with the real certificate, and answers what
 * it likes. Everything it does not lie about it passes on.
 */
final class EvilServer implements AutoCloseable {
  private final PassingServer passing;
  private final List<Lie> lies = new CopyOnWriteArrayList<>();
  private final List<Gift> gifts = new CopyOnWriteArrayList<>();
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<Heard> everything = new CopyOnWriteArrayList<>();
  private final List<Loss> losses = new CopyOnWriteArrayList<>();
  private final List<Asked> requests = new CopyOnWriteArrayList<>();

  /** Answers to changes that do not come back. */
  private record Loss(Pattern path, AtomicInteger times) {
    boolean takes(HttpServerRequest request) {
      return request.method() != HttpMethod.GET
          && path.matcher(request.uri()).matches()
          && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
  }

  /** What does not get through; of any method without one. */
  private record Refusal(@Nullable HttpMethod method, Pattern path, AtomicInteger times) {
    boolean takes(HttpServerRequest request) {
      boolean takes =
          (method == null || request.method().equals(method))
              && path.matcher(request.uri()).matches();
      if (takes) {
        times.incrementAndGet();
      }
      return takes;
    }
  }

  /** Takes a request's body and the true answer, yields another answer. */
  private record Lie(Pattern path, BiFunction<JsonObject, JsonObject, JsonObject> answer) {}

  /**
   * Takes path and body of a request.
   *
   * @param always also where the real server does not refuse
   */
  private record Gift(
      Pattern path, boolean always, BiFunction<String, JsonObject, JsonObject> answer) {}

  /** A request and its answer; one that is no object is its text. */
  record Heard(String path, JsonObject request, JsonObject answer) {}

  /** A request as it came, with all that it says of who asks; names of headers in small letters. */
  record Asked(String path, Map<String, String> headers, JsonObject body) {}

  private EvilServer(TestServer server, Path directory) {
    passing = new PassingServer(server, directory, new Tampering());
  }

  /**
   * In front of a server whose files are in that directory.
   *
   * @param directory the one that {@link TestServer} was started with
   */
  static EvilServer before(TestServer server, Path directory) {
    return new EvilServer(server, directory);
  }

  /** How a client reaches it, which takes it for the real one. */
  Person.Way way(Person.Way honest) {
    return honest.at(TestServer.uri(passing.port()));
  }

  /** From now on answers to requests whose path matches are what {@code answer} makes of them. */
  EvilServer lies(String path, BiFunction<JsonObject, JsonObject, JsonObject> answer) {
    lies.add(new Lie(Pattern.compile(path), answer));
    return this;
  }

  /** From now on what the real server refuses is answered all the same. */
  EvilServer gives(String path, BiFunction<String, JsonObject, JsonObject> answer) {
    gifts.add(0, new Gift(Pattern.compile(path), false, answer));
    return this;
  }

  void lieNoMore() {
    lies.clear();
    gifts.clear();
    refusals.clear();
    losses.clear();
  }

  /** The next so many changes on a path that matches are done, and nobody hears of it. */
  EvilServer loses(String path, int times) {
    losses.add(new Loss(Pattern.compile(path), new AtomicInteger(times)));
    return this;
  }

  /** From now on requests whose path matches do not get through. */
  EvilServer refuses(String path) {
    refusals.add(new Refusal(null, Pattern.compile(path), new AtomicInteger()));
    return this;
  }

  /** From now on such requests do not get through; yields how many that were so far. */
  AtomicInteger refuses(HttpMethod method, String path) {
    AtomicInteger times = new AtomicInteger();
    refusals.add(new Refusal(method, Pattern.compile(path), times));
    return times;
  }

  /** From now on requests whose path matches get that, whatever the real server says to them. */
  EvilServer gives(String path, JsonObject answer) {
    gifts.add(new Gift(Pattern.compile(path), true, (asked, request) -> answer));
    return this;
  }

  /**
   * From now on requests whose path matches get what comes of it, whatever the real server says.
   */
  EvilServer answers(String path, BiFunction<String, JsonObject, JsonObject> answer) {
    gifts.add(0, new Gift(Pattern.compile(path), true, answer));
    return this;
  }

  /** The newest true exchange on a path that matches. */
  Heard last(String path) {
    Pattern pattern = Pattern.compile(path);
    List<Heard> all = new ArrayList<>(heard);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (pattern.matcher(all.get(i).path()).matches()) {
        return all.get(i);
      }
    }
    throw new AssertionError("nobody asked for " + path);
  }

  /** Everything that was asked, in order, with what was refused too. */
  List<Heard> all() {
    return List.copyOf(everything);
  }

  /** Every request, in order, with its headers. */
  List<Asked> requests() {
    return List.copyOf(requests);
  }

  /** What comes back to somebody without a session. */
  record Answered(int status, String body) {}

  /** What the real server answers to whoever asks without a session. */
  String ask(String path) {
    return ask(HttpMethod.GET, path).body();
  }

  /** The same by any method. */
  Answered ask(HttpMethod method, String path) {
    PassingServer.Answer answer = passing.ask(method, path);
    return new Answered(answer.status(), answer.body().toString());
  }

  /** Whether anybody asked for a path that matches, with success. */
  boolean heard(String path) {
    Pattern pattern = Pattern.compile(path);
    return heard.stream().anyMatch(one -> pattern.matcher(one.path()).matches());
  }

  /** How many exchanges there were on a path that matches. */
  long count(String path) {
    Pattern pattern = Pattern.compile(path);
    return heard.stream().filter(one -> pattern.matcher(one.path()).matches()).count();
  }

  /** Of what belongs to a room. */
  static String path(RoomId room, String more) {
    return "/v1/rooms/" + room + more;
  }

  static String items(Safe safe) {
    return path(safe.id(), "/items/lookup");
  }

  static String statements(Safe safe) {
    return path(safe.id(), "/statements.*");
  }

  @Override
  public void close() {
    passing.close();
  }

  private static JsonObject object(Buffer body) {
    if (body.length() == 0) {
      return new JsonObject();
    }
    try {
      return body.toJsonObject().copy();
    } catch (DecodeException e) {
      return new JsonObject().put("text", body.toString());
    }
  }

  private final class Tampering implements PassingServer.Between {
    @Override
    public boolean lets(HttpServerRequest request, Buffer body) {
      Map<String, String> headers = new TreeMap<>();
      request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      requests.add(new Asked(request.uri(), headers, object(body)));
      boolean lets = refusals.stream().noneMatch(refusal -> refusal.takes(request));
      if (!lets) {
        everything.add(new Heard(request.uri(), object(body), new JsonObject()));
      }
      return lets;
    }

    @Override
    public PassingServer.@Nullable Answer answer(
        HttpServerRequest request, Buffer body, PassingServer.Answer truth) {
      if (losses.stream().anyMatch(loss -> loss.takes(request))) {
        return null;
      }
      Buffer gift = gift(request.uri(), body, truth.status() >= 400);
      if (gift != null) {
        return new PassingServer.Answer(200, "application/json", gift);
      }
      everything.add(new Heard(request.uri(), object(body), object(truth.body())));
      return truth.status() < 300
          ? new PassingServer.Answer(
              truth.status(), truth.type(), told(request.uri(), body, truth.body()))
          : truth;
    }

    private @Nullable Buffer gift(String path, Buffer request, boolean refused) {
      JsonObject asked = request.length() == 0 ? new JsonObject() : request.toJsonObject();
      for (Gift gift : gifts) {
        if ((refused || gift.always()) && gift.path().matcher(path).matches()) {
          return gift.answer().apply(path, asked).toBuffer();
        }
      }
      return null;
    }

    private Buffer told(String path, Buffer request, Buffer truth) {
      JsonObject asked = request.length() == 0 ? new JsonObject() : request.toJsonObject();
      if (truth.length() == 0) {
        heard.add(new Heard(path, asked, new JsonObject()));
        return truth;
      }
      JsonObject answer = truth.toJsonObject();
      heard.add(new Heard(path, asked, answer.copy()));
      for (Lie lie : lies) {
        if (lie.path().matcher(path).matches()) {
          answer = lie.answer().apply(asked, answer);
        }
      }
      return answer.toBuffer();
    }
  }
}

package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import dev.zamok.load.socket.Hall;
import dev.zamok.load.socket.SocketUser;
import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What virtual users do over Gatling's own WebSockets. Frames that no check waits for collect in
 * Gatling's buffer until {@link #drain}. Gatling empties the buffer when something is sent: so each
 * {@code sendBytes} but the first two stands directly behind a drain, in the same turn of the event
 * loop. And it drops what comes while a check waits for another frame: so the matching of that
 * check takes it. A frame that was not taken before the socket is closed counts as not read.
 */
final class Sockets {
  private static final String USER = "user";
  private static final String SPOKEN = "spoken";
  private static final String RANDOM = "random";

  /** Of all users; each adds its number. */
  private static final long SEED = Knob.seed() * 1_000_003;

  static final Duration LOOK = Duration.ofMillis(250);
  private static final int LOOKS_PER_PING = 20;
  private static final int ANSWER_SECONDS_MAX = 60;

  /** Of one connection between two looks. */
  private static final int FRAMES_MAX = 100_000;

  private static final Duration AGAIN = Duration.ofMillis(200);

  /** With those who are behind when the talk ends. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Supplier<Hall> hall;

  /**
   * @param hall there when the first user comes
   */
  Sockets(Supplier<Hall> hall) {
    this.hall = hall;
  }

  static HttpProtocolBuilder protocol() {
    // No origin: hubs let in the pages of their own host alone, and programs, which name none.
    return http.wsUnmatchedInboundMessageBufferSize(FRAMES_MAX).disableWarmUp().disableAutoOrigin();
  }

  static SocketUser user(Session session) {
    SocketUser user = session.get(USER);
    if (user == null) {
      throw new IllegalStateException("nobody was admitted");
    }
    return user;
  }

  /**
   * Gets a ticket.
   *
   * @param first the number of the first of these users; the others follow
   */
  ChainBuilder enter(int first) {
    AtomicInteger next = new AtomicInteger(first);
    return exec(Deed.yielding(
            USER, "get a ticket", session -> hall().admit(next.getAndIncrement())))
        .exitHereIfFailed()
        .exec(session -> session.set(RANDOM, new Random(SEED + user(session).number())));
  }

  private Hall hall() {
    return hall.get();
  }

  /** Connects, says hello, and joins: anew or where it left off. */
  static ChainBuilder connect(Function<Session, String> address) {
    return exec(ws("connect")
            .connect(address)
            .subprotocol("zamok.v1")
            .onConnected(
                exec(ws("hello")
                        .sendBytes(session -> user(session).hello())
                        .await(ANSWER_SECONDS_MAX)
                        .on(
                            ws.checkBinaryMessage("welcome")
                                .check(received(SocketUser::isWelcome))))
                    .exec(
                        ws("join")
                            .sendBytes(session -> user(session).join())
                            .await(ANSWER_SECONDS_MAX)
                            .on(
                                ws.checkBinaryMessage("joined")
                                    .check(received(SocketUser::isIn))))))
        .exitHereIfFailed();
  }

  static ChainBuilder close() {
    return exec(ws("close").close());
  }

  /**
   * Says something new, as often as it takes to get an answer that is final.
   *
   * @param bytes of an envelope, on average
   */
  static ChainBuilder say(int bytes) {
    return exec(session -> {
          SocketUser user = user(session);
          int number = session.contains(SPOKEN) ? session.getInt(SPOKEN) + 1 : 1;
          Random random = session.get(RANDOM);
          int size = 1 + random.nextInt(2 * bytes - 1);
          user.compose("message " + number + " of " + user.name(), size);
          return session.set(SPOKEN, number);
        })
        .exec(
            asLongAs(session -> user(session).isUnanswered(), "tries")
                .on(
                    exec(drain())
                        .exec(
                            ws("publish")
                                .sendBytes(session -> user(session).publish())
                                .await(ANSWER_SECONDS_MAX)
                                .on(
                                    ws.checkBinaryMessage("answer")
                                        .matching(answer())
                                        .check(received(user -> true))))
                        .exitHereIfFailed()
                        .exec(drain())
                        .exec(doIf(session -> user(session).isUnanswered()).then(pause(AGAIN)))));
  }

  /** Hands the frames that came to the user. */
  static ChainBuilder drain() {
    return exec(ws.processUnmatchedMessages(
            (messages, session) -> {
              take(messages, user(session));
              return session;
            }))
        .exitHereIfFailed();
  }

  /** The way of every frame that no check waited for. */
  static void take(List<WsInboundMessage> messages, SocketUser user) {
    for (WsInboundMessage message : messages) {
      if (message instanceof WsInboundMessage.Binary binary) {
        user.received(binary.message());
      } else {
        throw new IllegalStateException("a hub sends binary frames only");
      }
    }
  }

  /** Gatling drops what comes while it waits for something else: it is taken here. */
  private static CheckBuilder answer() {
    return bodyBytes()
        .<Boolean>transformWithSession(
            (frame, session) -> {
              boolean answer = SocketUser.isAnswer(frame);
              if (!answer) {
                user(session).received(frame);
              }
              return answer;
            })
        .is(true);
  }

  private static CheckBuilder received(Predicate<SocketUser> expected) {
    return bodyBytes()
        .<Boolean>transformWithSession(
            (frame, session) -> {
              user(session).received(frame);
              return expected.test(user(session));
            })
        .is(true);
  }

  /** Reads, and keeps the connection alive, as long as {@code goOn}. */
  static ChainBuilder listen(Predicate<Session> goOn) {
    return exec(
        asLongAs(goOn::test, "looks")
            .on(
                exec(drain())
                    .exec(
                        doIf(session -> session.getInt("looks") % LOOKS_PER_PING == 1)
                            .then(exec(ws("ping").sendBytes(session -> user(session).ping()))))
                    .pause(LOOK)));
  }

  /** Listens until the talk is over and everything has come; gives up after a while. */
  ChainBuilder listenToTheEnd() {
    return exec(listen(session -> !hall().isTalkOver()))
        .exec(session -> session.set("over", System.nanoTime()))
        .exec(
            listen(
                session ->
                    !hall().isDone(user(session))
                        && System.nanoTime() - session.getLong("over") < PATIENCE.toNanos()));
  }
}

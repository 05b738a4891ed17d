package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.zamok.protocol.Entry;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;

/**
 * Those who talk in a simulation over Gatling's sockets.
 *
 * @param talkers how many; the users with the numbers from 0 on
 * @param time for which they talk
 * @param pause of one between two messages
 * @param bytes of an envelope, on average
 */
record Talk(int talkers, Duration time, Duration pause, int bytes) {
  /** Until the listeners are there. */
  static final Duration SETTLING = Knob.seconds("zamok.settling.seconds", 5);

  Talk {
    if (bytes > Entry.BODY_BYTES_MAX / 2) {
      throw new IllegalArgumentException(
          "an envelope has at most " + Entry.BODY_BYTES_MAX + " bytes");
    }
  }

  /** By system properties, with these defaults. */
  static Talk usual(int talkers, int seconds, int pauseMillis, int bytes) {
    return new Talk(
        Knob.number("zamok.talkers", talkers, 1),
        Knob.seconds("zamok.seconds", seconds),
        Duration.ofMillis(Knob.number("zamok.pause.millis", pauseMillis, 1)),
        Knob.number("zamok.bytes", bytes, 1));
  }

  PopulationBuilder population(Venue venue) {
    Sockets sockets = venue.sockets();
    ChainBuilder talking = during(time).on(exec(Sockets.say(bytes)).pause(pause));
    return scenario("talkers")
        .exec(sockets.enter(0))
        .exec(Sockets.connect(session -> venue.address()))
        .exec(talking)
        .exec(
            session -> {
              venue.hall().finished(Sockets.user(session));
              return session;
            })
        .exec(sockets.listenToTheEnd())
        .exec(Sockets.close())
        .injectOpen(nothingFor(SETTLING), rampUsers(talkers).during(Duration.ofSeconds(1)));
  }
}

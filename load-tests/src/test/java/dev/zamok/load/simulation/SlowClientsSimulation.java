package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * A mix: most read at once, some hang on a line that stands still for seconds, again and again, so
 * that the hub stops pushing to them, and has to catch them up from the log as far as that goes
 * back, which is less far than they are behind: it tells them a gap, and they read history.
 */
public final class SlowClientsSimulation extends Simulation {
  private static final String BEFORE = "before";

  /** The log forgets in less time than a line stands still. */
  private static final String FORGETFUL = "authority:\n  keepInLog: 1s\n  keepInLogEntries: 0\n";

  private final int users = Knob.number("zamok.users", 20, 1);
  private final int slow = Knob.number("zamok.slow", 8, 1);
  private final Duration held = Duration.ofMillis(Knob.number("zamok.held.millis", 4_000, 1));
  private final Duration flowing = Duration.ofMillis(Knob.number("zamok.flowing.millis", 1_000, 1));
  private final Talk talk = Talk.usual(4, 15, 80, 8_192);
  private final Venue venue = new Venue(talk.talkers(), FORGETFUL);

  /** Describes the run. */
  public SlowClientsSimulation() {
    setUp(
            listeners("quick", talk.talkers(), users, false),
            listeners("slow", talk.talkers() + users, slow, true)
                .andThen(venue.audit(Demand.someGapWasToldAndRepaired())),
            line(),
            talk.population(venue))
        .protocols(Sockets.protocol())
        .maxDuration(Venue.LONGEST)
        .assertions(FinalAudit.assertions());
  }

  private PopulationBuilder listeners(String name, int first, int count, boolean narrow) {
    return scenario(name)
        .exec(venue.sockets().enter(first))
        .exec(Sockets.connect(session -> narrow ? venue.narrowAddress() : venue.address()))
        .exec(venue.sockets().listenToTheEnd())
        .exec(Sockets.close())
        .injectOpen(rampUsers(count).during(Talk.SETTLING));
  }

  /** Lets the narrow line stand still and flow in turn, while there is talk. */
  private PopulationBuilder line() {
    return scenario("line")
        .pause(Talk.SETTLING)
        .exec(
            asLongAs(session -> !venue.hall().isTalkOver(), "turns")
                .on(exec(this::hold).pause(held).exec(this::release).pause(flowing)))
        .injectOpen(atOnceUsers(1));
  }

  private Session hold(Session session) {
    venue.narrow().hold();
    return session.set(BEFORE, venue.hall().answered());
  }

  private Session release(Session session) {
    venue.narrow().release();
    int messages = venue.hall().answered() - session.getInt(BEFORE);
    System.out.printf(
        "about %d KiB were said while the line stood still; a hub keeps 256 for a connection%n",
        messages * (long) talk.bytes() / 1_024);
    return session;
  }

  @Override
  public void before() {
    venue.open();
  }

  @Override
  public void after() {
    venue.close();
  }
}

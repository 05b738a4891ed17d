package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;

/**
 * All listeners lose their connections at once and come back at once, several times, with the
 * tickets they have, while others go on talking: they resume where they were.
 */
public final class ReconnectStormSimulation extends Simulation {
  private static final int LOOKS_PER_CALM = 8;

  private final int users = Knob.number("zamok.users", 100, 1);
  private final int storms = Knob.number("zamok.storms", 3, 1);
  private final Talk talk = Talk.usual(3, 20, 200, 256);
  private final Venue venue = new Venue(talk.talkers());

  /** Describes the run. */
  public ReconnectStormSimulation() {
    ChainBuilder connect = Sockets.connect(session -> venue.address());
    ChainBuilder storm =
        exec(repeat(LOOKS_PER_CALM, "calm").on(exec(Sockets.drain()).pause(Sockets.LOOK)))
            .rendezVous(users)
            .exec(Sockets.close())
            .exec(connect);
    PopulationBuilder listeners =
        scenario("listeners")
            .exec(venue.sockets().enter(talk.talkers()))
            .exec(connect)
            .rendezVous(users)
            .exec(repeat(storms, "storm").on(storm))
            .exec(venue.sockets().listenToTheEnd())
            .exec(Sockets.close())
            .injectOpen(rampUsers(users).during(Talk.SETTLING));
    setUp(
            listeners.andThen(venue.audit(Demand.resumesAreComplete(users * storms))),
            talk.population(venue))
        .protocols(Sockets.protocol())
        .maxDuration(Venue.LONGEST)
        .assertions(FinalAudit.assertions());
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

package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;

/** Few talk, many listen, all in one channel, over Gatling's WSS sockets. */
public final class LargeRoomSimulation extends Simulation {
  private final int users = Knob.number("zamok.users", 150, 1);
  private final Talk talk = Talk.usual(4, 15, 250, 256);
  private final Venue venue = new Venue(talk.talkers());

  /** Describes the run. */
  public LargeRoomSimulation() {
    PopulationBuilder listeners =
        scenario("listeners")
            .exec(venue.sockets().enter(talk.talkers()))
            .exec(Sockets.connect(session -> venue.address()))
            .exec(venue.sockets().listenToTheEnd())
            .exec(Sockets.close())
            .injectOpen(rampUsers(users).during(Talk.SETTLING));
    setUp(listeners.andThen(venue.audit()), talk.population(venue))
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

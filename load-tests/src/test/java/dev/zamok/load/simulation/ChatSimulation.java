package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.zamok.load.traffic.Crowd;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * People who register, make sealed rooms, log in, join and talk, while the rooms' keys change: real
 * clients with real keys, each with a WSS connection of its own.
 */
public final class ChatSimulation extends Simulation {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final int users = Knob.number("zamok.users", 12, 2);
  private final int rooms = Knob.number("zamok.rooms", 3, 1);
  private final int messages = Knob.number("zamok.messages", 30, 1);
  private final int rotationEvery = Knob.number("zamok.rotation.every", 10, 1);
  private final Duration pause = Duration.ofMillis(Knob.number("zamok.pause.millis", 300, 1));
  private final Crowd crowd = new Crowd();
  private final Company company = new Company(users, rooms, crowd);
  private Target target;

  /** Describes the run. */
  public ChatSimulation() {
    ScenarioBuilder chat =
        scenario("chat").exec(company.arrival()).exec(repeat(messages, "turn").on(turn()));
    setUp(
            chat.injectOpen(rampUsers(users).during(Duration.ofSeconds(2)))
                .andThen(FinalAudit.of(crowd::awaitQuiet, crowd::recording)))
        .maxDuration(LONGEST)
        .assertions(FinalAudit.assertions());
  }

  private ChainBuilder turn() {
    return exec(Deed.of("say", session -> person(session).say()))
        .exec(
            doIf(session -> person(session).isOwner() && turn(session) % rotationEvery == 0)
                .then(
                    exec(
                        Deed.of(
                            "change the keys",
                            session ->
                                person(session).rotate(turn(session) / rotationEvery % 2 == 0)))))
        .pause(pause);
  }

  private static Person person(Session session) {
    return Company.person(session);
  }

  private static int turn(Session session) {
    return 1 + session.getInt("turn");
  }

  @Override
  public void before() {
    target = Target.open(users);
    company.invite(target);
  }

  @Override
  public void after() {
    crowd.close();
    target.close();
  }
}

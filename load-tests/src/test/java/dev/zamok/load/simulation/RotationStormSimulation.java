package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owners change the keys of their sealed rooms as fast as they can and remove one guest after the
 * other, while all go on talking, the removed too: real clients with real keys.
 */
public final class RotationStormSimulation extends Simulation {
  private static final int ROTATIONS_PER_REMOVAL = 4;

  private final int users = Knob.number("zamok.users", 10, 3);
  private final int rooms = Knob.number("zamok.rooms", 2, 1);
  private final int rotations = Knob.number("zamok.rotations", 12, 1);
  private final Duration pause = Duration.ofMillis(Knob.number("zamok.pause.millis", 200, 1));
  private final Crowd crowd = new Crowd();
  private final Company company = new Company(users, rooms, crowd);
  private final AtomicInteger storming = new AtomicInteger(rooms);
  private Target target;

  /** Describes the run. */
  public RotationStormSimulation() {
    ScenarioBuilder storm =
        scenario("rotation storm")
            .exec(company.arrival())
            .exec(
                doIf(session -> person(session).isOwner())
                    .then(
                        exec(repeat(rotations, "turn").on(ownersTurn()))
                            .exec(
                                session -> {
                                  storming.decrementAndGet();
                                  return session;
                                })))
            .exec(
                doIf(session -> !person(session).isOwner())
                    .then(
                        exec(
                            asLongAs(session -> storming.get() > 0, "words")
                                .on(exec(utterance()).pause(pause)))));
    setUp(
            storm
                .injectOpen(rampUsers(users).during(Duration.ofSeconds(2)))
                .andThen(
                    FinalAudit.of(
                        crowd::awaitQuiet, crowd::recording, Demand.somebodyWasRemoved())))
        .maxDuration(Venue.LONGEST)
        .assertions(FinalAudit.assertions());
  }

  /** Who is removed is refused, and that is right: the audit judges, not the answer. */
  private static Deed utterance() {
    return Deed.of("say", session -> person(session).utter());
  }

  private ChainBuilder ownersTurn() {
    return exec(Deed.of(
            "change the keys", session -> person(session).rotate(turn(session) % 2 == 0)))
        .exec(utterance())
        .exec(
            doIf(session -> turn(session) % ROTATIONS_PER_REMOVAL == 0 && guestsLeft(session) > 1)
                .then(
                    exec(
                        Deed.of(
                            "remove a guest",
                            session ->
                                person(session)
                                    .remove(
                                        company
                                            .shuffledGuestsOf(person(session))
                                            .get(removals(session)))))))
        .pause(pause);
  }

  private int guestsLeft(Session session) {
    return company.shuffledGuestsOf(person(session)).size() - removals(session);
  }

  /** Before this turn. */
  private static int removals(Session session) {
    return (turn(session) - 1) / ROTATIONS_PER_REMOVAL;
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

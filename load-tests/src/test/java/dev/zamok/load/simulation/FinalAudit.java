package dev.zamok.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.zamok.load.audit.Audit;
import dev.zamok.load.audit.Recording;
import dev.zamok.load.audit.Verdict;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The last request of a simulation: judges what was delivered, and fails the run on any flaw. */
final class FinalAudit {
  private static final String NAME = "delivery audit";
  private static final Duration QUIET_MAX = Duration.ofMinutes(2);

  /** A thread of its own: it waits and reads. */
  private static final Executor THREAD =
      task -> {
        Thread thread = new Thread(task, "final-audit");
        thread.setDaemon(true);
        thread.start();
      };

  private FinalAudit() {}

  /**
   * For one user, when all others have finished.
   *
   * @param quiet waits until everything is delivered; whether that came about
   * @param demands on what must have happened
   */
  static PopulationBuilder of(
      Predicate<Duration> quiet, Supplier<Recording> recording, Demand... demands) {
    return scenario(NAME)
        .exec(
            Deed.of(
                NAME,
                session ->
                    CompletableFuture.runAsync(
                        () -> judge(quiet.test(QUIET_MAX), recording.get(), demands), THREAD)))
        .injectOpen(atOnceUsers(1));
  }

  /**
   * Fails with {@link IllegalStateException} and all that is wrong. Servers and connections were
   * left alone during the run, so the hub has no reason to send an entry twice or to leave one out
   * untold: what clients would forgive and repair is a fault here.
   *
   * @param rested whether the run came to rest; before, nobody can say what is missing
   */
  static void judge(boolean rested, Recording recording, Demand... demands) {
    Verdict verdict = Audit.of(recording);
    System.out.print(verdict.report());
    List<String> wrong = new ArrayList<>();
    if (!rested) {
      wrong.add("it did not come to rest within " + QUIET_MAX);
    }
    if (verdict.counts().acknowledged() == 0 || verdict.counts().delivered() == 0) {
      wrong.add("nothing was delivered: there is nothing to judge");
    }
    if (!verdict.passed()) {
      wrong.add("audit failed: " + verdict.flaws());
    }
    if (verdict.counts().doubled() > 0) {
      wrong.add(verdict.counts().doubled() + " entries were sent twice");
    }
    if (verdict.counts().skipped() > 0) {
      wrong.add(verdict.counts().skipped() + " entries were left out untold");
    }
    for (Demand demand : demands) {
      wrong.addAll(demand.unmet(recording));
    }
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(String.join("; ", wrong));
    }
  }

  /** Nothing may fail, and the audit must have been there. Speed is not judged. */
  static List<Assertion> assertions() {
    return List.of(
        global().failedRequests().count().is(0L),
        details(NAME).successfulRequests().count().is(1L));
  }
}

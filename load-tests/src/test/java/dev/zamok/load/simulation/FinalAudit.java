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
   */
  static PopulationBuilder of(Predicate<Duration> quiet, Supplier<Recording> recording) {
    return scenario(NAME)
        .exec(
            Deed.of(
                NAME, session -> CompletableFuture.runAsync(() -> judge(quiet, recording), THREAD)))
        .injectOpen(atOnceUsers(1));
  }

  private static void judge(Predicate<Duration> quiet, Supplier<Recording> recording) {
    if (!quiet.test(QUIET_MAX)) {
      System.out.println("it did not come to rest within " + QUIET_MAX);
    }
    Recording recorded = recording.get();
    Verdict verdict = Audit.of(recorded);
    System.out.print(verdict.report());
    if (verdict.counts().acknowledged() == 0 || verdict.counts().delivered() == 0) {
      throw new IllegalStateException("nothing was delivered: there is nothing to judge");
    }
    if (!verdict.passed()) {
      throw new IllegalStateException("audit failed: " + verdict.flaws());
    }
  }

  /** Nothing may fail, and the audit must have been there. Speed is not judged. */
  static List<Assertion> assertions() {
    return List.of(
        global().failedRequests().count().is(0L),
        details(NAME).successfulRequests().count().is(1L));
  }
}

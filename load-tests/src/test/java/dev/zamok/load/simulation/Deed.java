package dev.zamok.load.simulation;

import com.typesafe.scalalogging.Logger;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.commons.util.Clock;
import io.gatling.core.action.Action;
import io.gatling.core.stats.StatsEngine;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Something that a virtual user does without blocking: the user goes on when the future completes,
 * and the time it took is a request in Gatling's figures, failed when the future failed.
 *
 * @param start called on an event loop of Gatling
 * @param result attribute for what comes out, or null
 */
record Deed(String name, Function<Session, CompletionStage<?>> start, String result)
    implements ActionBuilder {
  static Deed of(String name, Function<Session, CompletionStage<?>> start) {
    return new Deed(name, start, null);
  }

  /** What the future yields is the attribute {@code key} of the session from then on. */
  static Deed yielding(String key, String name, Function<Session, CompletionStage<?>> start) {
    return new Deed(name, start, key);
  }

  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    return new io.gatling.core.action.builder.ActionBuilder() {
      @Override
      public Action build(ScenarioContext context, Action next) {
        return new Doing(Deed.this, context, next);
      }
    };
  }

  /** As part of a scenario. */
  private static final class Doing implements Action {
    private final Deed deed;
    private final StatsEngine stats;
    private final Clock clock;
    private final Action next;
    private Logger log = Logger.apply(LoggerFactory.getLogger(Doing.class));

    Doing(Deed deed, ScenarioContext context, Action next) {
      this.deed = deed;
      this.stats = context.coreComponents().statsEngine();
      this.clock = context.coreComponents().clock();
      this.next = next;
    }

    @Override
    public String name() {
      return deed.name;
    }

    @Override
    public void execute(io.gatling.core.session.Session session) {
      long start = clock.nowMillis();
      try {
        deed.start
            .apply(new Session(session))
            .whenComplete((done, failure) -> goOn(session, start, done, failure));
      } catch (RuntimeException e) {
        goOn(session, start, null, e);
      }
    }

    private void goOn(
        io.gatling.core.session.Session session, long start, Object done, Throwable failure) {
      long end = clock.nowMillis();
      Status status = failure == null ? OK$.MODULE$ : KO$.MODULE$;
      stats.logResponse(
          session.scenario(),
          session.groups(),
          deed.name,
          start,
          end,
          status,
          Option.empty(),
          Option.apply(failure == null ? null : told(failure)));
      io.gatling.core.session.Session timed = session.logGroupRequestTimings(start, end);
      if (failure != null) {
        next.$bang(timed.markAsFailed());
      } else {
        next.$bang(
            deed.result == null ? timed : new Session(timed).set(deed.result, done).asScala());
      }
    }

    private String told(Throwable failure) {
      Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
      log.underlying().warn("{} failed", deed.name, cause);
      return String.valueOf(cause);
    }

    @Override
    public Logger logger() {
      return log;
    }

    /** How Scala fills in a field of a trait. */
    @Override
    public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger logger) {
      log = logger;
    }
  }
}

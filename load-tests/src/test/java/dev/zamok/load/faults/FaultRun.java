package dev.zamok.load.faults;

import dev.zamok.load.audit.AckLevel;
import dev.zamok.load.audit.Audit;
import dev.zamok.load.audit.Damage;
import dev.zamok.load.audit.FaultLine;
import dev.zamok.load.audit.Flaw;
import dev.zamok.load.audit.Verdict;
import dev.zamok.load.traffic.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One fault after the other under one talk that goes on: inject, hold, heal, recover, come to rest,
 * audit all that happened so far.
 *
 * <p>During every second fault a member is removed, during every other one a room gets new keys:
 * both must get through in the end.
 */
final class FaultRun {
  private static final String NONE = "no fault was run";

  /** A change is asked for while all may be down; what is waited for is said by the recovery. */
  private static final Duration CHANGE_MAX = Duration.ofHours(1);

  private final Traffic traffic;
  private final Scale scale;
  private final AckLevel level;
  private final PrintStream out;
  private final Set<Damage> damage = EnumSet.noneOf(Damage.class);
  private final List<String> failures = new ArrayList<>();
  private Map<Flaw, Integer> known = Map.of();
  private String table = NONE;
  private int count;

  FaultRun(Traffic traffic, Scale scale, AckLevel level, PrintStream out) {
    this.traffic = traffic;
    this.scale = scale;
    this.level = level;
    this.out = out;
  }

  /** What went wrong so far; goes on whatever it was, as long as the topology heals. */
  List<String> failures() {
    return failures;
  }

  void run(Fault fault) {
    run(fault, scale.hold());
  }

  /** As {@link #run(Fault)}, a fault that lasts so long. */
  void run(Fault fault, Duration hold) {
    if (!Scale.wants(fault)) {
      return;
    }
    say(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " fault: " + fault.name());
    traffic.resume();
    traffic.run(scale.between());
    damage.add(fault.damage());
    long from = System.nanoTime();
    inject(fault);
    CompletableFuture<Void> change = CompletableFuture.runAsync(change(fault.meanwhile()));
    traffic.run(hold);
    fault.heal().run();
    fault.settle().run();
    boolean recovered = traffic.awaitRecovery(Scale.RECOVERY_MAX);
    await(fault, change);
    traffic.run(scale.between());
    traffic.note(fault.name(), from, System.nanoTime());
    if (!recovered || !traffic.quiet(Scale.RECOVERY_MAX)) {
      fail(fault, "no rest afterwards: " + traffic.unrest());
      traffic.quiet(scale.hold());
    }
    judge(fault);
  }

  /** It gets as long as others for the recovery, and all of that after it. */
  private void await(Fault fault, CompletableFuture<Void> change) {
    try {
      change.get(Scale.RECOVERY_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      fail(fault, "what was to be changed meanwhile failed: " + e.getCause());
    } catch (TimeoutException e) {
      fail(fault, "what was to be changed meanwhile is not done yet");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One that cannot be done is a failure, and does not keep the others from being done. */
  private void inject(Fault fault) {
    try {
      fault.inject().run();
    } catch (RuntimeException e) {
      fail(fault, "it could not be done: " + e);
    }
  }

  /**
   * A fault while nobody says anything, and then one message: there is none after it that could
   * show that something is missing.
   */
  void runOnce(Fault fault) {
    if (!Scale.wants(fault)) {
      return;
    }
    say(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " fault: " + fault.name());
    damage.add(fault.damage());
    long from = System.nanoTime();
    traffic.quiet(Scale.RECOVERY_MAX);
    inject(fault);
    traffic.sayOnce();
    boolean quiet = traffic.quiet(Scale.RECOVERY_MAX);
    fault.heal().run();
    fault.settle().run();
    traffic.note(fault.name(), from, System.nanoTime());
    if (!quiet) {
      fail(fault, "no rest afterwards: " + traffic.unrest());
    }
    judge(fault);
  }

  private Runnable change(Change asked) {
    Change change =
        asked != Change.ANY
            ? asked
            : switch (count++ % 4) {
              case 0, 2 -> Change.REMOVAL;
              case 1 -> Change.RATCHET;
              default -> Change.RESET;
            };
    return switch (change) {
      case NONE -> () -> {};
      case ANY, REMOVAL -> () -> traffic.removeSomebody(CHANGE_MAX);
      case RATCHET -> () -> traffic.rotateSomewhere(false, CHANGE_MAX);
      case RESET -> () -> traffic.rotateSomewhere(true, CHANGE_MAX);
    };
  }

  private void judge(Fault fault) {
    Verdict verdict = Audit.of(traffic.recording(level.survives(damage)));
    table = verdict.report();
    if (!verdict.flaws().equals(known)) {
      fail(fault, table);
    }
    known = verdict.flaws();
    FaultLine line = verdict.faults().get(verdict.faults().size() - 1);
    say(
        "  %d sent, %d acknowledged, %d lost, %d doubled, longest pause %d ms"
            .formatted(
                line.sent(),
                line.acknowledged(),
                line.lost(),
                line.doubled(),
                line.pause().toMillis()));
  }

  private void fail(Fault fault, String how) {
    say("  FAILED " + how);
    failures.add(fault.name() + ": " + how);
  }

  private void say(String what) {
    out.println(what);
    out.flush();
  }

  /** Prints the table and keeps it as {@code target/<name>}. */
  void report(String name) {
    if (NONE.equals(table)) {
      throw new IllegalStateException(NONE); // as when -Dzamok.faults.only names none of these
    }
    String report =
        "seed %d, %d rooms, %d clients, %d messages a second%n"
                .formatted(Scale.SEED, scale.rooms(), scale.clients(), scale.perSecond())
            + table;
    out.println(report);
    try {
      Files.writeString(Path.of("target", name), report, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

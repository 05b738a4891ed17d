package dev.zamok.load.bench;

import dev.zamok.load.bench.cluster.Cluster;
import dev.zamok.load.bench.scenario.Deliveries;
import dev.zamok.load.bench.scenario.Growth;
import dev.zamok.load.bench.scenario.Handshakes;
import dev.zamok.load.bench.scenario.Idle;
import dev.zamok.load.bench.scenario.Rekeys;
import dev.zamok.load.bench.scenario.Resume;
import dev.zamok.load.bench.scenario.Scenario;
import dev.zamok.load.bench.scenario.SlowReader;
import dev.zamok.protocol.ticket.Algorithm;
import java.util.Set;
import java.util.function.Function;

/** What can be measured, as it is written on the command line. */
@SuppressWarnings("ImmutableEnumChecker") // constructors, and a Set.of
enum ScenarioName {
  fanout(Deliveries::fanout, "--tls", "--connections", "--in-flight", "--body"),
  rooms(Deliveries::rooms, "--tls", "--connections", "--rooms", "--in-flight", "--body"),
  publish(Deliveries::publish, "--tls", "--in-flight", "--body"),
  latency(Deliveries::latency, "--tls", "--connections", "--rooms", "--in-flight", "--body"),
  idle(Idle::new, "--tls", "--connections"),
  handshake(
      size -> new Handshakes("handshake", Algorithm.HS256, false, size), "--tls", "--connections"),
  handshake_eddsa(
      size -> new Handshakes("handshake_eddsa", Algorithm.EDDSA, false, size),
      "--tls",
      "--connections"),
  handshake_known(
      size -> new Handshakes("handshake_known", Algorithm.EDDSA, true, size),
      "--tls",
      "--connections"),
  catchup(SlowReader::new, "--connections", "--in-flight", "--body"),
  resume(Resume::new, "--connections"),
  growth(Growth::subscribers, "--tls", "--plot", "--connections", "--in-flight"),
  growth_rooms(Growth::rooms, "--tls", "--plot", "--rooms", "--in-flight"),
  rekey(Rekeys::new, "--plot", "--connections"),
  cluster(Cluster::new, "--connections", "--rooms", "--in-flight", "--body");

  /** Options that only some scenarios take. */
  static final Set<String> SPECIAL =
      Set.of("--tls", "--plot", "--connections", "--rooms", "--in-flight", "--body");

  private final Function<Bench.Size, Scenario> made;
  private final Set<String> taken;

  ScenarioName(Function<Bench.Size, Scenario> made, String... taken) {
    this.made = made;
    this.taken = Set.of(taken);
  }

  Scenario scenario(Bench.Size size) {
    return made.apply(size);
  }

  /** Whether one of {@link #SPECIAL} means something here. */
  boolean takes(String option) {
    return taken.contains(option);
  }
}

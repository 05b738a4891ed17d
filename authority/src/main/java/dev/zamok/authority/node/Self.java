package dev.zamok.authority.node;

import dev.zamok.authority.lease.LeaseKeeper;
import dev.zamok.authority.lease.NodeRow;
import dev.zamok.roomlog.NodeBeat;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** What this authority says of itself, in the store and in its beats. */
final class Self {
  private final LeaseKeeper keeper;
  private final OwnProblems problems;
  private final Supplier<String> address;
  private final Clock clock;
  private final int partitions;
  private final String version;
  private Supplier<Duration> lag = () -> Duration.ZERO;
  private NodeBeat.Standing standing = NodeBeat.Standing.SERVING;
  private long startedMillis;

  /**
   * @param partitions of the log
   */
  Self(
      LeaseKeeper keeper,
      OwnProblems problems,
      Supplier<String> address,
      Clock clock,
      int partitions) {
    this.keeper = keeper;
    this.problems = problems;
    this.address = address;
    this.clock = clock;
    this.partitions = partitions;
    String packaged = Self.class.getPackage().getImplementationVersion();
    this.version = packaged == null ? "development" : packaged;
  }

  void started() {
    startedMillis = clock.millis();
  }

  void lagFrom(Supplier<Duration> source) {
    lag = source;
  }

  void is(NodeBeat.Standing now) {
    standing = now;
  }

  LeaseKeeper.Node node() {
    return new LeaseKeeper.Node(keeper.id(), row(), true);
  }

  NodeRow row() {
    NodeRow.Standing now =
        standing == NodeBeat.Standing.SERVING
            ? NodeRow.Standing.SERVING
            : NodeRow.Standing.DRAINING;
    return new NodeRow(
        address.get(),
        version,
        now,
        keeper.leases().served().size(),
        startedMillis,
        lag.get().toMillis(),
        problems.text());
  }

  NodeBeat beat() {
    NodeBeat.Load load = new NodeBeat.Load(standing, keeper.leases().served().size(), partitions);
    return new NodeBeat(
        NodeBeat.Role.AUTHORITY, keeper.id(), address.get(), version, load, clock.millis());
  }
}

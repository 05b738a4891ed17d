package dev.zamok.load.bench;

import java.util.List;

/** A scenario, with what differs from its usual size. */
record Trial(ScenarioName name, boolean tls, Bench.Size size) {
  private static final Bench.Size USUAL = new Bench.Size(0, 0, 0, 0);

  /**
   * Every scenario at its usual size. The cluster is first: its eleven servers share all processors
   * with the generator, which is pinned to one for the others.
   */
  static List<Trial> all() {
    return List.of(
        usual(ScenarioName.cluster),
        usual(ScenarioName.fanout),
        new Trial(ScenarioName.fanout, false, new Bench.Size(0, 0, 1, 0)),
        new Trial(ScenarioName.fanout, false, new Bench.Size(0, 0, 0, 1_024)),
        overTls(ScenarioName.fanout),
        usual(ScenarioName.rooms),
        usual(ScenarioName.publish),
        usual(ScenarioName.latency),
        usual(ScenarioName.idle),
        overTls(ScenarioName.idle),
        usual(ScenarioName.handshake),
        usual(ScenarioName.handshake_known),
        usual(ScenarioName.handshake_eddsa),
        usual(ScenarioName.catchup),
        usual(ScenarioName.resume),
        usual(ScenarioName.growth),
        usual(ScenarioName.growth_rooms),
        usual(ScenarioName.rekey));
  }

  private static Trial usual(ScenarioName name) {
    return new Trial(name, false, USUAL);
  }

  private static Trial overTls(ScenarioName name) {
    return new Trial(name, true, USUAL);
  }

  boolean isPinned() {
    return name != ScenarioName.cluster;
  }
}

package dev.zamok.authority.node;

import dev.zamok.authority.lease.LeaseKeeper;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hears the beats of hubs and authorities. Belongs to the event loop of the authority.
 *
 * <p>Leases do not depend on them: the rows of the store decide. A beat of an authority that tells
 * of leases given up only makes the next look at the rows come sooner, which is why these need no
 * signature: a forged one does nothing else, but that it may tell of a wrong clock.
 */
final class NodeBeats implements Notice.Visitor<Boolean> {
  private static final int AUTHORITIES_MAX = 1_000;

  private final LeaseKeeper keeper;
  private final HubRegistry hubs;
  private final ClockWatch clocks;
  private final BeatGate gate;
  private final Map<Long, NodeBeat> authorities = new HashMap<>();

  NodeBeats(LeaseKeeper keeper, HubRegistry hubs, ClockWatch clocks, BeatGate gate) {
    this.keeper = keeper;
    this.hubs = hubs;
    this.clocks = clocks;
    this.gate = gate;
  }

  @Override
  public Boolean revoke(Notice.Revoke notice) {
    return false;
  }

  @Override
  public Boolean evict(Notice.Evict notice) {
    return false;
  }

  /** Who is present is the hubs' business. */
  @Override
  public Boolean presence(Notice.Presence notice) {
    return false;
  }

  /** Those of authorities are for hubs. */
  @Override
  public Boolean challenge(Notice.Challenge notice) {
    return false;
  }

  @Override
  public Boolean signedBeat(Notice.SignedBeat notice) {
    return notice.beat().role() == NodeBeat.Role.HUB && gate.takes(notice) && hub(notice.beat());
  }

  private boolean hub(NodeBeat beat) {
    if (hubs.heard(beat)) {
      clocks.heard(beat);
    }
    return true;
  }

  @Override
  public Boolean beat(Notice.Beat notice) {
    NodeBeat beat = notice.beat();
    if (beat.role() == NodeBeat.Role.HUB) {
      return gate.takes(beat) && hub(beat);
    }
    if (beat.id() == keeper.id()) {
      return true;
    }
    clocks.heard(beat);
    if (authorities.size() >= AUTHORITIES_MAX && !authorities.containsKey(beat.id())) {
      return true;
    }
    NodeBeat before = authorities.put(beat.id(), beat);
    boolean gaveUp = before != null && beat.load().used() < before.load().used();
    if (before == null || gaveUp) {
      keeper.round();
    }
    return true;
  }

  /** Forgets who is gone; yields the hubs that fell silent without a word. */
  List<NodeBeat> tidy() {
    List<NodeBeat> lost = hubs.forgetSilent();
    Set<Long> live = new HashSet<>();
    hubs.live().forEach(hub -> live.add(hub.id()));
    keeper.nodes().stream().filter(LeaseKeeper.Node::live).forEach(node -> live.add(node.id()));
    clocks.keepOnly(live);
    authorities.keySet().retainAll(live);
    return lost;
  }
}

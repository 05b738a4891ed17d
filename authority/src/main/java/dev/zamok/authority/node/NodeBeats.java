package dev.zamok.authority.node;

import dev.zamok.authority.lease.LeaseKeeper;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.beat.BeatSigner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears the beats of hubs and authorities. Belongs to the event loop of the authority.
 *
 * <p>Leases do not depend on them: the rows of the store decide. A beat of an authority that tells
 * of leases given up only makes the next look at the rows come sooner. A forged one would do that
 * as often as it is sent, and may tell of a wrong clock: so with keys these must be signed as well.
 */
final class NodeBeats implements Notice.Visitor<Boolean> {
  private static final int AUTHORITIES_MAX = 1_000;

  private final LeaseKeeper keeper;
  private final HubRegistry hubs;
  private final ClockWatch clocks;
  private final BeatGate gate;
  private final @Nullable BeatSigner signer;
  private final Map<Long, NodeBeat> authorities = new HashMap<>();

  /**
   * @param signer that answers other authorities; null without keys
   */
  NodeBeats(
      LeaseKeeper keeper,
      HubRegistry hubs,
      ClockWatch clocks,
      BeatGate gate,
      @Nullable BeatSigner signer) {
    this.keeper = keeper;
    this.hubs = hubs;
    this.clocks = clocks;
    this.gate = gate;
    this.signer = signer;
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

  /** The next beat answers it. */
  @Override
  public Boolean challenge(Notice.Challenge notice) {
    return signer != null && notice.authority() != keeper.id() && signer.challenges().heard(notice);
  }

  @Override
  public Boolean signedChallenge(Notice.SignedChallenge notice) {
    return signer != null
        && notice.challenge().authority() != keeper.id()
        && signer.challenges().heard(notice);
  }

  @Override
  public Boolean signedBeat(Notice.SignedBeat notice) {
    return isOurs(notice.beat()) || (gate.takes(notice) && node(notice.beat()));
  }

  private boolean isOurs(NodeBeat beat) {
    return beat.role() == NodeBeat.Role.AUTHORITY && beat.id() == keeper.id();
  }

  private boolean node(NodeBeat beat) {
    return beat.role() == NodeBeat.Role.HUB ? hub(beat) : authority(beat);
  }

  private boolean hub(NodeBeat beat) {
    if (hubs.heard(beat)) {
      clocks.heard(beat);
    }
    return true;
  }

  @Override
  public Boolean beat(Notice.Beat notice) {
    return isOurs(notice.beat()) || (gate.takes(notice.beat()) && node(notice.beat()));
  }

  private boolean authority(NodeBeat beat) {
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

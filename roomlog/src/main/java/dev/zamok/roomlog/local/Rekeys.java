package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of the rekeys of a room.
 *
 * @param newest kept for ever, also when it was trimmed
 * @param kept those in the log, oldest first
 * @param lostEpoch the highest epoch of a rekey that is gone, 0 if none is
 */
record Rekeys(@Nullable Entry newest, List<Kept> kept, int lostEpoch) {
  static final Rekeys NONE = new Rekeys(null, List.of(), 0);

  /** A rekey in the log. */
  record Kept(int epoch, Position position) {}

  Rekeys with(Entry rekey) {
    int lost = lostEpoch;
    if (newest != null && !keeps(newest.position())) {
      lost = newest.epoch();
    }
    return new Rekeys(rekey, plus(new Kept(rekey.epoch(), rekey.position())), lost);
  }

  /** By one that this log does not have, of an epoch above: those in between are gone. */
  Rekeys replaced(Entry rekey) {
    return new Rekeys(rekey, kept, Math.max(lostEpoch, rekey.epoch() - 1));
  }

  /** As found in the log while it is read anew: {@link #newest} is known already. */
  Rekeys found(Entry rekey) {
    return new Rekeys(newest, plus(new Kept(rekey.epoch(), rekey.position())), lostEpoch);
  }

  Rekeys trimmed(Position floor) {
    int lost = lostEpoch;
    List<Kept> left = new ArrayList<>();
    for (Kept rekey : kept) {
      if (rekey.position().isAfter(floor)) {
        left.add(rekey);
      } else if (newest != null && !rekey.position().equals(newest.position())) {
        lost = Math.max(lost, rekey.epoch());
      }
    }
    return new Rekeys(newest, List.copyOf(left), lost);
  }

  /**
   * The positions of the rekeys of all epochs above {@code afterEpoch} without the newest, which
   * the caller has; none when they are not all there or more than {@code max} with it.
   */
  List<Position> between(int afterEpoch, int max) {
    List<Position> positions = new ArrayList<>();
    for (Kept rekey : kept) {
      if (rekey.epoch() > afterEpoch
          && newest != null
          && !rekey.position().equals(newest.position())) {
        positions.add(rekey.position());
      }
    }
    return lostEpoch > afterEpoch || positions.size() >= max ? List.of() : positions;
  }

  private boolean keeps(Position position) {
    return kept.stream().anyMatch(rekey -> rekey.position().equals(position));
  }

  private List<Kept> plus(Kept rekey) {
    List<Kept> all = new ArrayList<>(kept);
    all.add(rekey);
    return List.copyOf(all);
  }
}

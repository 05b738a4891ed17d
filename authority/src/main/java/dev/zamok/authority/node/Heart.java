package dev.zamok.authority.node;

import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.beat.BeatSigner;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other nodes, over the notices of the log, that this one lives. */
final class Heart {
  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

  private final RoomLog log;
  private final BeatGate gate;
  private final @Nullable BeatSigner signer;

  /**
   * @param signer null where beats are not signed
   */
  Heart(RoomLog log, BeatGate gate, @Nullable BeatSigner signer) {
    this.log = log;
    this.gate = gate;
    this.signer = signer;
  }

  /** Once. A beat that is lost is followed by the next. */
  Future<Void> beat(NodeBeat beat) {
    return signer == null
        ? tell(new Notice.Beat(beat))
        : tell(signer.sign(beat)).compose(v -> challenge());
  }

  /** Unsigned too, for nodes of a version before. */
  private Future<Void> challenge() {
    Notice.Challenge challenge = gate.challenge();
    return tell(challenge)
        .compose(v -> gate.signed(challenge).map(this::tell).orElseGet(Future::succeededFuture));
  }

  private Future<Void> tell(Notice notice) {
    return log.broadcast(notice)
        .onFailure(failure -> LOG.debug("a beat was lost: {}", failure.toString()));
  }
}

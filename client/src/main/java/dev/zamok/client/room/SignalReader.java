package dev.zamok.client.room;

import dev.zamok.client.key.RoomKeys;
import dev.zamok.crypto.message.EnvelopeKind;
import dev.zamok.crypto.message.SequenceTracker;
import dev.zamok.protocol.frame.HubFrame;
import java.util.concurrent.CompletableFuture;

/**
 * Opens signals. They do not say their epoch: the current key is tried, then the one before, as
 * long as it is there. One that opens under neither is passed over, as any signal may be lost.
 */
final class SignalReader {
  private final RoomKeys keys;
  private final Opener opener;
  private final SequenceTracker sequences;
  private final RoomEvents events;

  SignalReader(RoomKeys keys, Opener opener, SequenceTracker sequences, RoomEvents events) {
    this.keys = keys;
    this.opener = opener;
    this.sequences = sequences;
    this.events = events;
  }

  CompletableFuture<Void> read(HubFrame.Signal frame) {
    return read(frame, keys.epoch());
  }

  private CompletableFuture<Void> read(HubFrame.Signal frame, int epoch) {
    RoomKeys.Live live = keys.live(epoch);
    if (live == null) {
      return CompletableFuture.completedFuture(null);
    }
    return opener
        .signal(frame.tag(), live, frame.envelope())
        .thenCompose(
            opened -> {
              if (opened != null) {
                deliverSignal(opened);
                return CompletableFuture.completedFuture(null);
              }
              return epoch == keys.epoch()
                  ? read(frame, epoch - 1)
                  : CompletableFuture.completedFuture(null);
            });
  }

  private void deliverSignal(Opener.OpenedSignal opened) {
    SequenceTracker.Verdict verdict =
        sequences.note(
            opened.signal().author().fingerprint(),
            opened.device(),
            EnvelopeKind.SIGNAL,
            opened.seq());
    if (verdict != SequenceTracker.Verdict.REPEATED) {
      events.signal(opened.signal());
    }
  }
}

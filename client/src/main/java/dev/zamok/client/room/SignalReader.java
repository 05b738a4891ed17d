package dev.zamok.client.room;

import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.profile.RoomPins;
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
  private final RoomPins pins;
  private final RoomEvents events;

  SignalReader(RoomParts parts) {
    this.keys = parts.keys;
    this.opener = parts.opener;
    this.sequences = parts.sequences;
    this.pins = parts.pins;
    this.events = parts.events;
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
    RoomPins.Sender sender =
        new RoomPins.Sender(
            opened.signal().author().fingerprint(), opened.device(), EnvelopeKind.SIGNAL);
    SequenceTracker.Verdict verdict =
        sequences.note(sender.author(), sender.device(), sender.kind(), opened.seq());
    if (verdict != SequenceTracker.Verdict.REPEATED) {
      pins.noteHeard(sender, sequences.highest(sender.author(), sender.device(), sender.kind()));
      events.signal(opened.signal());
    }
  }
}

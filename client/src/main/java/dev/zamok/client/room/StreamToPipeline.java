package dev.zamok.client.room;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts what a stream has ordered into the pipeline, events between the entries they belong to. */
final class StreamToPipeline implements StreamOutput {
  private final RoomId room;
  private final EntryPipeline pipeline;
  private final RoomEvents events;
  private final HubSide hub;
  private final Runnable phaseChanged;

  StreamToPipeline(
      RoomId room, EntryPipeline pipeline, RoomEvents events, HubSide hub, Runnable phaseChanged) {
    this.room = room;
    this.pipeline = pipeline;
    this.events = events;
    this.hub = hub;
    this.phaseChanged = phaseChanged;
  }

  @Override
  public void entry(Entry entry) {
    pipeline.entry(entry);
  }

  @Override
  public void startsAt(HubFrame.Joined joined) {
    pipeline.startsAt(joined);
  }

  @Override
  public boolean isFull() {
    return pipeline.queue().isFull();
  }

  @Override
  public CompletableFuture<Void> hasRoom() {
    return pipeline.queue().hasRoom();
  }

  @Override
  public void gap(Position from, Position to) {
    pipeline.queue().then(() -> events.gap(from, to));
  }

  @Override
  public void repaired(Position from, Position to) {
    pipeline.queue().then(() -> events.repaired(from, to));
  }

  @Override
  public void incomplete(Position from, Position to) {
    String text = "the entries after " + from + " up to " + to + " could not be had";
    pipeline.queue().then(() -> events.warning(RoomWarning.Kind.INCOMPLETE, to, text));
  }

  @Override
  public void withdrawn(List<Position> positions) {
    pipeline.withdrawn(positions);
  }

  @Override
  public void rejoin() {
    hub.rejoin(room, Duration.ZERO);
  }

  @Override
  public void phaseChanged() {
    phaseChanged.run();
  }
}

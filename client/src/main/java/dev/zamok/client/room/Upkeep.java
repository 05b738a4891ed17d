package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks again by itself for what a joined room lacks: keys that were not served yet, members that
 * could not be asked for. Waits longer each time, and stops after {@value #ATTEMPTS_MAX} times
 * until something happens in the room. Belongs to the client's loop.
 */
final class Upkeep {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration MAX = Duration.ofSeconds(60);
  static final int ATTEMPTS_MAX = 30;

  private final Loop loop;
  private final RandomGenerator jitter;
  private final RoomParts parts;
  private final RoomStream stream;
  private final EntryPipeline pipeline;
  private final Supplier<CompletableFuture<Void>> refreshMembers;
  private HubFrame.@Nullable Joined joined;
  private boolean membersUnknown;
  private boolean scheduled;
  private int attempts;

  /** Where the entries of a room go through. */
  record Flow(RoomStream stream, EntryPipeline pipeline) {}

  Upkeep(
      Loop loop,
      RandomGenerator jitter,
      RoomParts parts,
      Flow flow,
      Supplier<CompletableFuture<Void>> refreshMembers) {
    this.loop = loop;
    this.jitter = jitter;
    this.parts = parts;
    this.stream = flow.stream();
    this.pipeline = flow.pipeline();
    this.refreshMembers = refreshMembers;
  }

  void joined(HubFrame.Joined frame) {
    joined = frame;
    consider();
  }

  /** Whether the members could be asked for. */
  void members(boolean known) {
    membersUnknown = !known;
    consider();
  }

  /** Something has happened: looks soon whether something is missing. */
  void consider() {
    if (!scheduled && lacks()) {
      attempts = 0;
      schedule();
    }
  }

  private boolean lacks() {
    PublishGate gate = parts.gate;
    boolean usable = joined != null && !gate.isOver() && !gate.isTampered();
    return usable && (membersUnknown || lacksKeys());
  }

  private boolean lacksKeys() {
    return !parts.gate.hasKeys() && stream.phase() == RoomStream.Phase.LIVE;
  }

  private void schedule() {
    scheduled = true;
    long ceiling = Math.min(MAX.toMillis(), FIRST.toMillis() << Math.min(attempts, 16));
    long wait = ceiling / 2 + jitter.nextLong(ceiling / 2 + 1);
    loop.after(Duration.ofMillis(wait), this::look);
  }

  private void look() {
    if (!lacks()) {
      scheduled = false;
      return;
    }
    attempts++;
    Futures.fire(
        Futures.guard(this::ask)
            .whenComplete(
                (done, failure) -> {
                  scheduled = false;
                  if (lacks() && attempts < ATTEMPTS_MAX) {
                    schedule();
                  }
                }));
  }

  private CompletableFuture<Void> ask() {
    HubFrame.Joined last = joined;
    CompletableFuture<Void> members =
        membersUnknown ? refreshMembers.get() : CompletableFuture.completedFuture(null);
    // What waits in the pipeline brings its keys itself.
    if (last == null || !lacksKeys() || !pipeline.queue().isIdle()) {
      return members;
    }
    int epoch = parts.keys.epoch();
    if (epoch == 0) {
      pipeline.startsAt(last);
      return members;
    }
    return members.thenCompose(done -> parts.keys.catchUpBeyond(epoch));
  }
}

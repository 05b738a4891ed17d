package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.sqlite.Database;
import dev.zamok.roomlog.sqlite.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One turn of the writer: what waited is decided, written, committed, then told. */
final class Batch implements Database.DurableJob {
  private final Batches batches;
  private @Nullable List<Task<?>> tasks;
  private @Nullable Work work;

  /** What {@link #run} leaves for {@link #committed}. */
  record Work(Committed base, Draft draft, List<Chunk> chunks, Sweep sweep) {
    /** Brings the image in memory up to what was committed; yields the new entries. */
    Map<RoomId, List<Entry>> apply() {
      Map<RoomId, List<Entry>> entries = base.apply(draft, chunks);
      sweep.apply();
      return entries;
    }
  }

  Batch(Batches batches) {
    this.batches = batches;
  }

  @Override
  public void run(Session session) {
    List<Task<?>> taken = batches.gather();
    tasks = taken;
    Committed base = batches.base(session);
    Draft draft = batches.draft(base);
    for (Task<?> task : taken) {
      task.decide(draft);
    }
    List<Chunk> chunks = Tables.write(session, draft, batches.limits().chunkBytesMax());
    Sweep sweep = new Sweep(base);
    sweep.write(session, draft);
    work = new Work(base, draft, chunks, sweep);
  }

  @Override
  public void committed() {
    batches.committed(Objects.requireNonNull(work), Objects.requireNonNull(tasks));
  }

  @Override
  public void failed(Throwable cause) {
    // Without having run, it took nothing yet.
    batches.failed(cause, tasks == null ? batches.take() : tasks);
  }
}

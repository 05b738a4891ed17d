package dev.zamok.load.bench.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.authority.SessionApi.ItemQuery;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.load.bench.Bench;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Readers of the large safe, each of whom looks once in ten seconds whether there is something new
 * and fetches a page of twenty items. Requests are sent when they are due, whatever became of
 * earlier ones, and timed from then.
 */
final class Readers {
  private static final long EVERY_MILLIS = 10_000;
  private static final int ITEMS = 20;
  private static final long MICROS_MAX = 60_000_000;

  private Readers() {}

  /** Returns how many reads failed. */
  static int measure(
      Stage stage, int readers, int seconds, ObjectNode result, Consumer<String> note) {
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    HttpAuthority authority = Accounts.authority(stage.place(), Runnable::run);
    List<SessionApi> sessions = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      sessions.add(authority.session(stage.tokens().get(i % stage.tokens().size())));
    }
    int length = Bench.wait(sessions.get(0).statements(stage.safe(), 0, null)).length();
    List<ItemQuery> page = page(sessions.get(0), stage.safe());
    ConcurrentHistogram micros = new ConcurrentHistogram(MICROS_MAX, 3);
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger under = new AtomicInteger();
    long everyNanos = EVERY_MILLIS * 1_000_000 / readers;
    long begun = System.nanoTime() + 100_000_000;
    long warm = begun + TimeUnit.SECONDS.toNanos(Math.max(1, seconds / 4));
    long all = TimeUnit.SECONDS.toNanos(seconds) / everyNanos;
    CompletableFuture<Void> done = new CompletableFuture<>();
    for (long i = 0; i < all; i++) {
      SessionApi reader = sessions.get((int) (i % readers));
      long due = begun + i * everyNanos;
      under.incrementAndGet();
      var unused =
          clock.schedule(
              () -> {
                Consumer<Throwable> end =
                    failure -> {
                      if (failure != null) {
                        failed.incrementAndGet();
                      }
                      if (failure == null && due >= warm) {
                        micros.recordValue(Math.min(MICROS_MAX, (System.nanoTime() - due) / 1_000));
                      }
                      if (under.decrementAndGet() == 0) {
                        done.complete(null);
                      }
                    };
                var unusedAnswer =
                    reader
                        .statements(stage.safe(), length, null)
                        .thenCompose(news -> reader.items(stage.safe(), page))
                        .whenComplete((answer, failure) -> end.accept(failure));
              },
              due - System.nanoTime(),
              TimeUnit.NANOSECONDS);
    }
    Bench.wait(done);
    clock.shutdownNow();
    note.accept("read " + micros.getTotalCount() + " times, failed " + failed.get());
    result.put("readsPerSecond", 1_000_000_000 / everyNanos);
    result.put("readFailed", failed.get());
    result.put("readP50Micros", micros.getValueAtPercentile(50));
    result.put("readP99Micros", micros.getValueAtPercentile(99));
    return failed.get();
  }

  private static List<ItemQuery> page(SessionApi reader, RoomId safe) {
    List<ItemQuery> page = new ArrayList<>();
    int from = Math.max(0, Bench.wait(reader.statements(safe, 0, null)).length() - 400);
    for (Bytes encoded : Bench.wait(reader.statements(safe, from, null)).statements()) {
      if (Statement.parse(encoded).op() instanceof ChainOp.Item op
          && op.act() == ItemAct.PUT
          && page.size() < ITEMS) {
        page.add(new ItemQuery(op.item(), op.version(), op.recordHash()));
      }
    }
    return page;
  }
}

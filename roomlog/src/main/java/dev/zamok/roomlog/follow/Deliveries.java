package dev.zamok.roomlog.follow;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls to make at once: one task per context, in the order they were added. Not thread-safe. */
public final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Map<Context, List<Runnable>> calls = new LinkedHashMap<>();

  /** In the order of these calls. */
  public void add(Context context, Runnable call) {
    calls.computeIfAbsent(context, c -> new ArrayList<>()).add(call);
  }

  /** One task per context. */
  public void send() {
    calls.forEach(
        (context, list) -> {
          try {
            context.runOnContext(v -> run(list));
          } catch (RejectedExecutionException e) {
            LOG.debug("Vert.x was closed before {} calls", list.size());
          }
        });
  }

  private static void run(List<Runnable> list) {
    for (Runnable call : list) {
      try {
        call.run();
      } catch (RuntimeException e) {
        LOG.error("a caller of the room log threw", e);
      }
    }
  }
}

package dev.zamok.app.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a server until the process is told to end (SIGTERM, SIGINT). */
final class Foreground {
  private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
  private static final long START_SECONDS_MAX = 240;
  private static final long STOP_SECONDS_MAX = 20;

  private Foreground() {}

  /** Blocks the main thread. Rethrows what kept the server from starting. */
  static int run(PrintWriter out, Function<Vertx, Future<Server>> start) {
    Vertx vertx = Vertx.builder().with(new VertxOptions().setPreferNativeTransport(true)).build();
    Server server;
    try {
      server =
          await(
              Future.future(promise -> start.apply(vertx).onComplete(promise)), START_SECONDS_MAX);
    } catch (RuntimeException failure) {
      vertx.close();
      throw failure;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(server, vertx, ended), "zamok-stop"));
    out.println(server.ready());
    out.flush();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Does one thing and ends. Rethrows why it failed. */
  static <T> T once(Function<Vertx, Future<T>> task, long secondsMax) {
    Vertx vertx = Vertx.builder().with(new VertxOptions().setPreferNativeTransport(true)).build();
    try {
      return await(Future.future(promise -> task.apply(vertx).onComplete(promise)), secondsMax);
    } finally {
      await(vertx.close(), STOP_SECONDS_MAX);
    }
  }

  private static void stop(Server server, Vertx vertx, CountDownLatch ended) {
    try {
      await(server.stop().eventually(vertx::close), STOP_SECONDS_MAX);
    } catch (RuntimeException failure) {
      LOG.warn("did not stop in time: {}", failure.toString());
    } finally {
      ended.countDown();
    }
  }

  private static <T> T await(Future<T> future, long secondsMax) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(secondsMax, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("nothing happened for " + secondsMax + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

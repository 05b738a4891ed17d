package dev.zamok.app.login;

import dev.zamok.app.UserError;
import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the client, on the thread of the person or script. */
public record Waiting(URI server) {
  /** Longer than the client goes on trying to publish. */
  private static final long SECONDS_MAX = 150;

  /** Fails with {@link UserError}. */
  public <T> T on(CompletableFuture<T> future) {
    return on(future, SECONDS_MAX);
  }

  public <T> T on(CompletableFuture<T> future, long secondsMax) {
    try {
      return future.get(secondsMax, TimeUnit.SECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw Sentences.error(e, server);
    } catch (TimeoutException e) {
      throw new UserError("no answer from " + server + " for " + secondsMax + " seconds");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted");
    }
  }
}

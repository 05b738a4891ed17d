package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.problem.ClientProblem;
import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waits for the client, on the thread of the person or script. */
public record Waiting(URI server) {
  /** Longer than the client goes on trying to publish. */
  private static final long SECONDS_MAX = 150;

  /** Fails with {@link UserError}. */
  public <T> T on(CompletableFuture<T> future) {
    return on(future, SECONDS_MAX);
  }

  /**
   * As {@link #on(CompletableFuture)}; sets {@code unchanged} where the client says for sure that
   * nothing came of it. No answer in time leaves a doubt.
   */
  <T> T on(CompletableFuture<T> change, AtomicBoolean unchanged) {
    return on(
        change.whenComplete(
            (done, failure) ->
                unchanged.set(
                    failure != null
                        && ClientProblem.unwrap(failure) instanceof ClientProblem problem
                        && !problem.outcomeUnknown())));
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

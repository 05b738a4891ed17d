package dev.zamok.load.bench;

import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.wire.Generator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What every scenario has at hand.
 *
 * @param note tells people how far it is
 */
public record Bench(Plan plan, Launch launch, Generator generator, Consumer<String> note) {
  private static final long WAIT_SECONDS_MAX = 180;

  /**
   * How much is measured.
   *
   * @param seconds of each round of each side
   * @param warmSeconds of each side before the first round, for the compiler
   * @param rounds in which the sides take turns
   */
  public record Plan(boolean tls, int seconds, int warmSeconds, int rounds, Size size) {
    /** As long, of something else. */
    public Plan of(boolean overTls, Size other) {
      return new Plan(overTls, seconds, warmSeconds, rounds, other);
    }
  }

  /**
   * How large; 0 for what the scenario is meant to have.
   *
   * @param connections of one server
   * @param rooms they are in
   */
  public record Size(int connections, int rooms, int inFlight, int bodyBytes) {
    public int connections(int meant) {
      return connections == 0 ? meant : connections;
    }

    public int rooms(int meant) {
      return rooms == 0 ? meant : rooms;
    }

    public int inFlight(int meant) {
      return inFlight == 0 ? meant : inFlight;
    }

    public int bodyBytes(int meant) {
      return bodyBytes == 0 ? meant : bodyBytes;
    }
  }

  /** Blocks the main thread until it is done; fails with what it failed with. */
  public static <T> T wait(CompletableFuture<T> future) {
    try {
      return future.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("nothing happened for " + WAIT_SECONDS_MAX + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets the traffic run. */
  public static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

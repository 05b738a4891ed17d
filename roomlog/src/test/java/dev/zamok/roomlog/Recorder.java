package dev.zamok.roomlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A follower that remembers, and that checks on which context it is called. */
public class Recorder implements Follower {
  private static final long WAIT_SECONDS = 60;

  private final @Nullable Context context;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> signals = new ArrayList<>();
  private int rereads;
  private int silences;
  private int strays;

  /**
   * @param context on which all calls must come, null if any will do
   */
  public Recorder(@Nullable Context context) {
    this.context = context;
  }

  @Override
  public synchronized void entries(List<Entry> added) {
    checkContext();
    assertThat(added).isNotEmpty();
    entries.addAll(added);
    notifyAll();
  }

  @Override
  public synchronized void signal(MemberTag tag, Bytes envelope) {
    checkContext();
    signals.add(
        tag + " " + new String(envelope.toByteArray(), java.nio.charset.StandardCharsets.UTF_8));
    notifyAll();
  }

  @Override
  public synchronized void reread() {
    checkContext();
    rereads++;
    notifyAll();
  }

  @Override
  public synchronized void unavailable() {
    checkContext();
    silences++;
    notifyAll();
  }

  public synchronized void awaitUnavailable() {
    await(() -> silences > 0);
  }

  public synchronized List<Entry> entries() {
    assertThat(strays).as("calls on a foreign context").isZero();
    return List.copyOf(entries);
  }

  public synchronized List<String> signals() {
    assertThat(strays).as("calls on a foreign context").isZero();
    return List.copyOf(signals);
  }

  public synchronized int rereads() {
    return rereads;
  }

  public synchronized List<Entry> awaitEntries(int count) {
    await(() -> entries.size() >= count);
    return entries();
  }

  /** Waits for the entry at {@code position} or one after it. */
  public synchronized void awaitEntry(Position position) {
    await(
        () -> !entries.isEmpty() && !position.isAfter(entries.get(entries.size() - 1).position()));
  }

  public synchronized List<String> awaitSignals(int count) {
    await(() -> signals.size() >= count);
    return signals();
  }

  public synchronized void awaitReread() {
    await(() -> rereads > 0);
  }

  private synchronized void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("waited in vain: " + entries.size() + " entries");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void checkContext() {
    if (context != null && Vertx.currentContext() != context) {
      strays++;
    }
  }
}

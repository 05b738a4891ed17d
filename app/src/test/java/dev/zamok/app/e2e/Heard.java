package dev.zamok.app.e2e;

import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomSignal;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Everything one client was told of one room. */
final class Heard implements RoomListener {
  static final long SECONDS_MAX = 180;

  private final List<RoomMessage> messages = new ArrayList<>();
  private final List<RoomSignal> signals = new ArrayList<>();
  private final List<RoomWarning> warnings = new ArrayList<>();
  private final List<RoomState> states = new ArrayList<>();
  private int repairs;
  private int memberships;

  /** The words of all messages, in their order. */
  synchronized List<String> texts() {
    return messages.stream().map(message -> words(message.content())).toList();
  }

  synchronized List<RoomMessage> messages() {
    return List.copyOf(messages);
  }

  synchronized List<RoomSignal> signals() {
    return List.copyOf(signals);
  }

  synchronized List<RoomWarning> warnings() {
    return List.copyOf(warnings);
  }

  synchronized List<RoomState> states() {
    return List.copyOf(states);
  }

  synchronized RoomState state() {
    return states.get(states.size() - 1);
  }

  synchronized int repairs() {
    return repairs;
  }

  synchronized int memberships() {
    return memberships;
  }

  /** Waits until it is so; fails with what was heard when it never is. */
  synchronized void await(String what, Predicate<Heard> condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (!condition.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "never: " + what + "; heard " + texts() + ", " + warnings + ", " + states);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted");
      }
    }
  }

  void awaitTexts(String... texts) {
    List<String> all = List.of(texts);
    await("texts " + all, heard -> heard.texts().containsAll(all));
  }

  void awaitState(RoomState state) {
    await("state " + state, heard -> !heard.states.isEmpty() && heard.state() == state);
  }

  static String words(Content content) {
    return content instanceof Content.Text text ? text.words().text() : content.toString();
  }

  private synchronized void change(Runnable change) {
    change.run();
    notifyAll();
  }

  @Override
  public void onMessage(RoomMessage message) {
    change(() -> messages.add(message));
  }

  @Override
  public void onSignal(RoomSignal signal) {
    change(() -> signals.add(signal));
  }

  @Override
  public void onWarning(RoomWarning warning) {
    change(() -> warnings.add(warning));
  }

  @Override
  public void onState(RoomState state) {
    change(() -> states.add(state));
  }

  @Override
  public void onRepaired(Position from, Position to) {
    change(() -> repairs++);
  }

  @Override
  public void onMembership() {
    change(() -> memberships++);
  }
}

package dev.zamok.client.world;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomSignal;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import java.util.ArrayList;
import java.util.List;

/** Writes down everything a room says. */
public final class Heard implements RoomListener {
  public final List<RoomMessage> messages = new ArrayList<>();
  public final List<RoomSignal> signals = new ArrayList<>();
  public final List<RoomWarning> warnings = new ArrayList<>();
  public final List<RoomState> states = new ArrayList<>();
  public final List<ClientProblem.Kind> ends = new ArrayList<>();
  public final List<Position> withdrawn = new ArrayList<>();

  /** {@code gap}, {@code repaired} and texts, in order. */
  public final List<String> story = new ArrayList<>();

  public int memberships;

  @Override
  public void onMessage(RoomMessage message) {
    messages.add(message);
    story.add(text(message));
  }

  @Override
  public void onSignal(RoomSignal signal) {
    signals.add(signal);
  }

  @Override
  public void onMembership() {
    memberships++;
  }

  @Override
  public void onGap(Position from, Position to) {
    story.add("gap");
  }

  @Override
  public void onRepaired(Position from, Position to) {
    story.add("repaired");
  }

  @Override
  public void onWithdrawn(List<Position> positions) {
    withdrawn.addAll(positions);
  }

  @Override
  public void onEnd(ClientProblem why) {
    ends.add(why.kind());
  }

  @Override
  public void onWarning(RoomWarning warning) {
    warnings.add(warning);
  }

  @Override
  public void onState(RoomState state) {
    states.add(state);
  }

  public List<String> texts() {
    return messages.stream().map(Heard::text).toList();
  }

  public List<RoomWarning.Kind> warningKinds() {
    return warnings.stream().map(RoomWarning::kind).toList();
  }

  public static String text(RoomMessage message) {
    return message.content() instanceof Content.Text text ? text.words().text() : "?";
  }
}

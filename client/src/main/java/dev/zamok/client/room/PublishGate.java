package dev.zamok.client.room;

import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.crypto.chain.Role;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether messages may be sent now, and why not. A room that owes a generation, and a client whose
 * keys are behind what the authority names for 30 s, send nothing. Belongs to the client's loop.
 */
final class PublishGate {
  /** Design §4 <i>Rekey</i>: how long a rekey may be under way. */
  static final Duration BEHIND_MAX = Duration.ofSeconds(30);

  private final Loop loop;
  private boolean live;
  private boolean haveKeys;
  private boolean authoritySaysOwed;

  /** The generation that the room was at when the authority said so, and the one it is at. */
  private int saidGeneration;

  private int generation;
  private boolean chainSaysOwed;
  private boolean canMakeOwed;
  private boolean tampered;
  private int named;
  private long behindSince = -1;
  private Role role = Role.NONE;
  private @Nullable ClientProblem over;

  PublishGate(Loop loop) {
    this.loop = loop;
  }

  void live(boolean joined) {
    live = joined;
  }

  /** Whether there is a current key, of the newest generation the chain knows. */
  void keys(boolean present) {
    haveKeys = present;
  }

  boolean hasKeys() {
    return haveKeys;
  }

  /**
   * What the authority says. Its answer may be older than the generation that was owed.
   *
   * @param at the newest generation that it knew of
   */
  void authorityOwed(boolean owed, int at) {
    authoritySaysOwed = owed;
    saidGeneration = at;
  }

  /** The newest generation there are keys of. */
  void generation(int g) {
    generation = g;
  }

  void chainOwed(boolean owed) {
    chainSaysOwed = owed;
  }

  void role(Role own) {
    role = own;
    canMakeOwed = own.atLeast(chainSaysOwed ? Role.WRITER : Role.ADMIN);
  }

  /** The authority says that this epoch is there. */
  void named(int epoch) {
    named = Math.max(named, epoch);
  }

  /**
   * The newest epoch that keys are there for. Only what the authority named stops the clock that
   * runs against a withheld rekey.
   */
  void reached(int epoch) {
    if (epoch >= named) {
      behindSince = -1;
    } else if (behindSince < 0) {
      behindSince = loop.monotonicMillis();
    }
  }

  /**
   * A server contradicted what was verified before. Nothing is sent any more in this session,
   * whatever else it shows.
   */
  void tampered() {
    tampered = true;
  }

  void over(ClientProblem problem) {
    over = problem;
  }

  boolean isTampered() {
    return tampered;
  }

  boolean isOver() {
    return over != null;
  }

  boolean owes() {
    return authorityOwes() || chainSaysOwed;
  }

  boolean authorityOwes() {
    return authoritySaysOwed && generation <= saidGeneration;
  }

  boolean canMakeOwed() {
    return canMakeOwed;
  }

  boolean isBehind() {
    return tampered
        || (behindSince >= 0 && loop.monotonicMillis() - behindSince >= BEHIND_MAX.toMillis());
  }

  boolean isOpen() {
    return isReady() && role.atLeast(Role.WRITER) && !owes() && !isBehind();
  }

  /** Whether entries come and can be read, also for who may not send any. */
  boolean isReady() {
    return live && haveKeys && over == null;
  }

  /** Why a new message is refused at once; null when it may wait for the gate to open. */
  @Nullable ClientProblem refusal() {
    if (over != null) {
      return over;
    }
    if (!role.atLeast(Role.WRITER) && role != Role.NONE) {
      return ClientProblem.of(Kind.NOT_ALLOWED, "this member may only read");
    }
    if (owes() && !canMakeOwed) {
      return ClientProblem.of(
          Kind.GENERATION_OWED, "the room waits for a new secret since somebody left");
    }
    if (isBehind()) {
      return ClientProblem.of(Kind.KEYS_BEHIND, "the keys of the room are not up to date");
    }
    return null;
  }
}

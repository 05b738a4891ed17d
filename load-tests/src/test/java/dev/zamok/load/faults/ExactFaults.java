package dev.zamok.load.faults;

import static dev.zamok.load.faults.LogCalls.append;
import static dev.zamok.load.faults.LogCalls.call;
import static dev.zamok.load.faults.LogCalls.commit;

import dev.zamok.load.audit.Damage;
import dev.zamok.load.faults.tap.Script;
import dev.zamok.load.faults.tap.Trap;
import dev.zamok.load.faults.tap.Trap.Moment;
import dev.zamok.protocol.EntryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Processes killed between two messages that belong together. */
final class ExactFaults {
  private static final long SPRING_SECONDS_MAX = 90;

  private final Rig rig;

  /** Of the fault that is on. */
  private Trap.Set set = new Trap.Set();

  ExactFaults(Rig rig) {
    this.rig = rig;
  }

  /** What a hub does with each message: append, WAIT, commit, ACK. */
  List<Fault> hub() {
    return List.of(
        killed("a hub", "append and WAIT", () -> Moment.waitAfter(call("append"))),
        killed("a hub", "WAIT and commit", () -> Moment.request(call("commit"))),
        killed("a hub", "commit and ACK", () -> Moment.answerTo(call("commit"))));
  }

  /** The authority at the steps of new keys. */
  List<Fault> rekey() {
    return steps(EntryKind.REKEY, Change.RATCHET, Change.RESET, Change.RESET, Change.RATCHET);
  }

  /** The authority at the steps of a removal. */
  List<Fault> evict() {
    return steps(EntryKind.EVICT, Change.REMOVAL, Change.REMOVAL, Change.REMOVAL, Change.REMOVAL);
  }

  private List<Fault> steps(EntryKind kind, Change... changes) {
    String what = kind.name().toLowerCase(Locale.ROOT);
    return List.of(
        authority(what + " prepared and append", () -> Moment.request(append(kind)))
            .during(changes[0]),
        authority(what + " append and WAIT", () -> Moment.waitAfter(append(kind)))
            .during(changes[1]),
        authority(what + " WAIT and commit", () -> Moment.request(commit(kind))).during(changes[2]),
        authority(what + " commit and its answer", () -> Moment.answerTo(commit(kind)))
            .during(changes[3]));
  }

  /** The authority as it archives and trims. */
  List<Fault> archive() {
    return List.of(
        authority("stored and noted as archived", () -> Moment.request(call("archived"))),
        authority("archived and going on", () -> Moment.answerTo(call("archived"))),
        authority("archived and trim", () -> Moment.request(call("trim"))),
        authority("trim and its answer", () -> Moment.answerTo(call("trim"))));
  }

  /**
   * A message is committed, and its sender never hears of it, since no hub is left; he asks again
   * under the same id only after {@code meanwhile}.
   */
  Fault retryAfter(String what, Runnable meanwhile) {
    Fault killed = killed("a hub", "commit and ACK", () -> Moment.answerTo(call("commit")));
    return new Fault(
        "the same id is sent again after " + what,
        Damage.PROCESSES,
        Change.NONE,
        killed.inject(),
        () -> {
          awaitSprung();
          List<Role> left = rig.hubs().stream().filter(hub -> hub.process().isAlive()).toList();
          left.forEach(Role::kill);
          meanwhile.run();
          left.forEach(Role::start);
          killed.heal().run();
        },
        killed.settle());
  }

  /** The one message of a quiet room is pushed to no hub; for {@link FaultRun#runOnce}. */
  Fault swallowedPush() {
    List<Push> swallowing = new ArrayList<>();
    return new Fault(
        "one swallowed push in a quiet room",
        Damage.PROCESSES,
        Change.NONE,
        () ->
            rig.hubs()
                .forEach(
                    hub -> {
                      Push push = new Push();
                      swallowing.add(push);
                      hub.links().follow(push);
                    }),
        () -> {
          rig.hubs().forEach(hub -> hub.links().follow(Script.NOTHING));
          if (swallowing.stream().noneMatch(push -> push.swallowed() > 0)) {
            throw new IllegalStateException("nothing was pushed");
          }
        },
        rig::awaitWhole);
  }

  private Fault authority(String between, Supplier<Moment> when) {
    return killed("an authority", between, when);
  }

  /**
   * SIGKILL of whichever of these comes to it first; started again when the talk went on without it
   * for a while.
   */
  private Fault killed(String who, String between, Supplier<Moment> when) {
    String name = who + " killed between " + between;
    List<Role> roles = who.equals("a hub") ? rig.hubs() : List.of(rig.authority());
    List<Role> killed = new ArrayList<>();
    return new Fault(
        name,
        Damage.PROCESSES,
        () -> {
          Trap.Set traps = new Trap.Set();
          set = traps;
          for (Role role : roles) {
            Runnable kill =
                () -> {
                  role.kill();
                  killed.add(role);
                };
            role.links().follow(new Trap(when.get(), traps, kill));
          }
        },
        () -> {
          awaitSprung();
          roles.forEach(role -> role.links().follow(Script.NOTHING));
          killed.forEach(Role::start);
          killed.clear();
        },
        rig::awaitWhole);
  }

  private void awaitSprung() {
    if (!set.awaitSprung(SPRING_SECONDS_MAX)) {
      throw new IllegalStateException("the moment never came");
    }
  }
}

package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.key.OwnKeys;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.message.SequenceTracker;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import org.jspecify.annotations.Nullable;

/**
 * What a room is put together from. Which of the two kinds it is follows from its id alone: an
 * authority that says otherwise is refused.
 */
final class RoomParts {
  static final int SENDERS_MAX = 10_000;

  final RoomId room;
  final RoomPins pins;
  final Roster roster;
  final RoomKeys keys;
  final Opener opener;
  final Membership membership;
  final RoomEvents events = new RoomEvents();
  final PublishGate gate;
  final HistorySource history;
  final SequenceTracker sequences = new SequenceTracker(SENDERS_MAX);
  final Deliveries deliveries;

  /** Null for a managed room. */
  final @Nullable SealedParts sealed;

  /** Fails with {@code TAMPERED} when what the authority says does not fit the id of the room. */
  RoomParts(Surroundings around, Answers.Room view) {
    room = view.room();
    if (view.kind().trust() != room.trust()) {
      throw ClientProblem.tampered("the server calls a room what its id says it is not");
    }
    pins = around.profile().room(room);
    gate = new PublishGate(around.loop());
    deliveries = new Deliveries(around.loop(), events, sequences, pins);
    history = HistorySource.of(room, around.authority());
    OwnKeys own = around.own();
    if (room.trust() == Trust.MANAGED) {
      sealed = null;
      roster = new ManagedRoster(room, around.authority(), around.directory(), own);
      keys = new RoomKeys(room, around.authority(), around.control(), pins);
      membership = new ManagedMembership(room, around.authority(), around.self().card().account());
    } else {
      SealedParts parts = new SealedParts(around, view, pins);
      sealed = parts;
      parts.chains.onChange(events::items);
      roster = new SealedRoster(parts.chains, parts.groups, own);
      keys = new RoomKeys(around.authority(), around.control(), pins, parts.chains, parts.secrets);
      membership = parts.membership;
    }
    opener = new Opener(roster, own);
  }

  /**
   * Whether there is a key, and no newer secret in the chain: one of an older secret is known to
   * somebody who is out.
   */
  boolean hasNewestKey() {
    RoomKeys.Live current = keys.current();
    if (current == null || sealed == null) {
      return current != null;
    }
    RoomChain chain = chain();
    return chain != null && current.key().g() == chain.generation();
  }

  /** The verified chain of a sealed room, once it is there. */
  @Nullable RoomChain chain() {
    return sealed == null ? null : sealed.chains.chain();
  }

  /** Fails with {@code NOT_ALLOWED} for a managed room. */
  SealedParts sealed(String what) {
    SealedParts parts = sealed;
    if (parts == null) {
      throw ClientProblem.of(Kind.NOT_ALLOWED, "only sealed rooms have " + what);
    }
    return parts;
  }
}

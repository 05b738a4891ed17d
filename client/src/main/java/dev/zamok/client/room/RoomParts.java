package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.cache.RoomCache;
import dev.zamok.client.key.ChainKeeper;
import dev.zamok.client.key.GroupBook;
import dev.zamok.client.key.RoomKeys;
import dev.zamok.client.key.SecretKeeper;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
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

  /** Sealed rooms only. */
  final @Nullable ChainKeeper chains;

  final @Nullable SealedMembership sealed;

  final @Nullable SealedItems items;

  final @Nullable SealedInvites invites;

  final @Nullable Admission admission;

  final @Nullable RoomGroups groups;

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
    Fingerprint self = around.self().fingerprint();
    if (room.trust() == Trust.MANAGED) {
      chains = null;
      sealed = null;
      items = null;
      invites = null;
      admission = null;
      groups = null;
      roster = new ManagedRoster(room, around.authority(), around.directory(), self);
      keys = new RoomKeys(room, around.authority(), around.control(), pins);
      membership = new ManagedMembership(room, around.authority(), around.self().card().account());
    } else {
      GroupBook book = around.groups();
      boolean group = view.kind() == RoomKind.GROUP;
      RoomCache cache = view.kind() == RoomKind.SAFE ? around.caches().room(room) : null;
      ChainKeeper keeper =
          group
              ? book.chain(room)
              : new ChainKeeper(room, around.authority(), around.directory(), pins, cache);
      SecretKeeper secrets =
          group
              ? book.secrets(room)
              : new SecretKeeper(
                  room, around.self(), around.authority(), around.directory(), keeper, book);
      RoomGroups members = new RoomGroups(keeper, book, around.directory(), around.self());
      groups = members;
      keeper.onChange(events::items);
      chains = keeper;
      roster = new SealedRoster(keeper, members, self);
      keys = new RoomKeys(around.authority(), around.control(), pins, keeper, secrets);
      SealedMembership changes =
          new SealedMembership(
              around.authority(), around.directory(), keeper, secrets, around::signer, members);
      sealed = changes;
      membership = changes;
      items =
          new SealedItems(
                  around.authority(),
                  keeper,
                  secrets,
                  () -> around.signer(members.acting()),
                  changes,
                  members)
              .with(cache);
      invites =
          new SealedInvites(
              around.authority().sharing(), around.directory(), keeper, around::signer, changes);
      Admission admitting = new Admission(keeper, changes, around::signer);
      keeper.onChange(() -> Futures.fire(admitting.consider()));
      admission = admitting;
    }
    opener = new Opener(roster, self);
  }

  /**
   * Whether there is a key, and no newer secret in the chain: one of an older secret is known to
   * somebody who is out.
   */
  boolean hasNewestKey() {
    RoomKeys.Live current = keys.current();
    if (current == null || chains == null) {
      return current != null;
    }
    RoomChain chain = chains.chain();
    return chain != null && current.key().g() == chain.generation();
  }
}

package dev.zamok.authority.room;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.epoch.EpochRows;
import dev.zamok.authority.epoch.Rotation;
import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.lease.LeaseUser;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.chain.ChainInvite;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rooms of this authority: what other domains may ask, and how the parts hang together.
 *
 * <p>Belongs to the event loop that made it.
 */
public final class Rooms implements LeaseUser {
  private final RoomRows rows;
  private final Belonging index;
  private final Unfinished unfinished;
  private final Progress progress;
  private final RoomKeeper keeper;
  private final Leases leases;
  private final RoomDesk desk;
  private final ManagedRooms managed;
  private final SealedRooms sealed;
  private final RoomApi api;
  private final Newcomers newcomers;
  private final NewcomerApi newcomerApi;
  private final Secrets secrets;
  private final EpochRows epochs;
  private final RotationPlan plan;
  private final RoomConfig config;

  /** What rooms stand on. */
  public record Ground(
      SealedStore store,
      RoomLog log,
      Leases leases,
      People people,
      WorkerExecutor pool,
      Audit audit) {}

  /** What is random, and what tells the time. */
  public record Sources(SecureRandom random, Clock clock, Timers timers) {}

  public Rooms(
      Ground ground,
      Sources sources,
      SigningKey controlKey,
      RoomConfig config,
      EpochConfig epochConfig) {
    this.config = config;
    leases = ground.leases();
    SealedStore store = ground.store();
    rows = new RoomRows(store);
    index = new Belonging(store);
    unfinished = new Unfinished(store, leases);
    secrets = new Secrets(store, sources.random());
    epochs = new EpochRows(store);
    Rotation rotation =
        new Rotation(epochs, ground.log(), leases, controlKey, sources.random(), sources.clock());
    Evictions evictions = new Evictions(ground.log(), leases, rotation, unfinished);
    Settlement settlement =
        new Settlement(rows, epochs, rotation, evictions, index, sources.clock());
    Chains chains = new Chains(store, ground.people(), ground.pool());
    ChainSync sync = new ChainSync(chains, rows, ground.people());
    keeper = new RoomKeeper(rows, unfinished, leases, config.cachedRoomsMax());
    progress =
        new Progress(
            keeper,
            unfinished,
            settlement,
            sync,
            new Progress.Clockwork(
                epochs,
                rotation,
                leases,
                epochConfig,
                config.retryAfter(),
                sources.timers(),
                sources.clock()));
    ManagedRooms.Roll roll =
        new ManagedRooms.Roll(
            ground.people(), index, new OpenChannels(store), config, new RoomAudit(ground.audit()));
    SealedRooms.ChainDesk chainDesk =
        new SealedRooms.ChainDesk(
            chains, sync, new Wraps(store), new GroupGate(chains, rows, index), evictions);
    desk = new RoomDesk(keeper, progress, rows, chainDesk, roll);
    managed = new ManagedRooms(keeper, progress, rows, roll, secrets, sources.random());
    sealed = new SealedRooms(keeper, progress, rows, chainDesk, roll);
    api = new RoomApi(managed, sealed, desk);
    newcomers = new Newcomers(keeper, chainDesk, ground.people(), sources.clock());
    newcomerApi = new NewcomerApi(newcomers, sources.clock());
    plan = new RotationPlan(progress, epochConfig, sources.clock());
  }

  /** Looks from time to time for what is unfinished. */
  public void watch() {
    progress.start(config.sweepEvery());
  }

  /**
   * {@link #watch}, and takes up what the last holders of the leases left. Completes when
   * everything was tried once; rooms that could not be finished are blocked until they are.
   */
  Future<Void> start() {
    watch();
    List<Future<Void>> all = new ArrayList<>();
    for (int partition = 0; partition < leases.partitions(); partition++) {
      if (leases.holds(partition)) {
        all.add(gained(partition));
      }
    }
    return Future.join(all).mapEmpty();
  }

  @Override
  public Future<Void> gained(int partition) {
    return progress.takeUp(partition);
  }

  @Override
  public Future<Void> leaving(int partition) {
    return keeper.idle(partition);
  }

  @Override
  public void lost(int partition) {
    keeper.forget(partition);
    progress.forget(partition);
  }

  /**
   * The partition to whose holder a request belongs; empty where any authority will do. Fails as
   * the operation would for what is malformed.
   */
  public OptionalInt partition(String operationId, Request request) {
    Optional<RoomId> room = RoomApi.roomInTurn(operationId, request);
    if (room.isPresent()) {
      return OptionalInt.of(leases.partitionOf(room.get()));
    }
    // A channel is made in a partition of who makes it: somebody who has one must.
    return operationId.equals("createRoom") && leases.served().isEmpty()
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  public Endpoints endpoints() {
    return all -> {
      api.addTo(all);
      newcomerApi.addTo(all);
    };
  }

  /** Invitations into a room that are open, for its admins. */
  public Future<List<ChainInvite>> invites(AccountId who, RoomId room) {
    return newcomers.invites(who, room);
  }

  /**
   * Whether an invitation can still be accepted, whoever asks; false also where there is no such
   * room. In a turn of the room.
   */
  public Future<Boolean> isInvited(RoomId room, int invite) {
    return newcomers.isOpen(room, invite);
  }

  ManagedRooms managed() {
    return managed;
  }

  SealedRooms sealed() {
    return sealed;
  }

  Newcomers newcomers() {
    return newcomers;
  }

  RoomDesk desk() {
    return desk;
  }

  public RotationPlan plan() {
    return plan;
  }

  public Secrets secrets() {
    return secrets;
  }

  public EpochRows epochs() {
    return epochs;
  }

  /**
   * By itself or through a group, whichever is more. Of who reads: there are no tickets, shares,
   * records or history for others.
   */
  public Future<Optional<Membership>> membership(AccountId account, RoomId room) {
    return index.get(account, room).map(found -> found.filter(Rooms::reads));
  }

  private static boolean reads(Membership membership) {
    return membership.role().atLeast(Role.READER);
  }

  /**
   * Also through groups; by room id; those who read; at most {@code max} and one more, which tells
   * that there are more.
   */
  public Future<List<Membership>> memberships(AccountId account, int max) {
    return index.all(account, max, Rooms::reads);
  }

  public Future<Optional<RoomHeader>> header(RoomId room) {
    return rows.header(room);
  }

  /** Whether no ticket and no share may be given: the log does not know yet who is out. */
  public Future<Boolean> isBlocked(RoomId room) {
    return unfinished.isBlocked(room);
  }

  /**
   * The member of a managed room comes back under a new tag with the card his account has now; one
   * whose card is the same stays as he is. In sealed rooms the clients must do it.
   */
  public Future<Void> followCard(RoomId room, AccountId account) {
    return managed.followCard(room, account).mapEmpty();
  }

  /**
   * Extends the chain of a sealed room by statements of {@code who}, with what belongs to them.
   * Fails with {@link dev.zamok.authority.http.Refusal}; the same request again does nothing.
   */
  public Future<Void> extend(Principal who, RoomId room, List<Bytes> statements, Cargo cargo) {
    return sealed.extend(who, room, new Extension(statements, List.of(), null, cargo)).mapEmpty();
  }

  /** New keys for a room, since the device of a member may have been lost. */
  public Future<Void> reset(RoomId room) {
    return desk.reset(room);
  }
}

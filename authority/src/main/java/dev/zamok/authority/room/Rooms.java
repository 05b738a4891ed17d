package dev.zamok.authority.room;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.epoch.EpochRows;
import dev.zamok.authority.epoch.Leases;
import dev.zamok.authority.epoch.Rotation;
import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rooms of this authority: what other domains may ask, and how the parts hang together.
 *
 * <p>Belongs to the event loop that made it.
 */
public final class Rooms {
  private final RoomRows rows;
  private final MembershipIndex index;
  private final Unfinished unfinished;
  private final Progress progress;
  private final RoomDesk desk;
  private final ManagedRooms managed;
  private final SealedRooms sealed;
  private final RoomApi api;
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
    SealedStore store = ground.store();
    rows = new RoomRows(store);
    index = new MembershipIndex(store);
    unfinished = new Unfinished(store);
    secrets = new Secrets(store, sources.random());
    epochs = new EpochRows(store);
    Rotation rotation =
        new Rotation(
            epochs, ground.log(), ground.leases(), controlKey, sources.random(), sources.clock());
    Evictions evictions = new Evictions(ground.log(), ground.leases(), rotation, unfinished);
    Settlement settlement =
        new Settlement(rows, epochs, rotation, evictions, index, sources.clock());
    Chains chains = new Chains(store, ground.people(), ground.pool());
    ChainSync sync = new ChainSync(chains, rows, ground.people());
    RoomKeeper keeper = new RoomKeeper(rows, unfinished, config.cachedRoomsMax());
    progress =
        new Progress(
            keeper,
            unfinished,
            settlement,
            sync,
            new Progress.Clockwork(
                epochs,
                rotation,
                ground.leases(),
                epochConfig,
                config.retryAfter(),
                sources.timers(),
                sources.clock()));
    ManagedRooms.Roll roll =
        new ManagedRooms.Roll(
            ground.people(), index, new OpenChannels(store), config, new RoomAudit(ground.audit()));
    SealedRooms.ChainDesk chainDesk = new SealedRooms.ChainDesk(chains, sync, new Wraps(store));
    desk = new RoomDesk(keeper, progress, rows, chainDesk, roll);
    managed = new ManagedRooms(keeper, progress, rows, roll, secrets, sources.random());
    sealed = new SealedRooms(keeper, progress, rows, chainDesk, roll);
    api = new RoomApi(managed, sealed, desk);
    plan = new RotationPlan(progress, epochConfig, sources.clock());
  }

  /**
   * Finishes what the last process left, and keeps looking for what is unfinished. Completes when
   * everything was tried once; rooms that could not be finished are blocked until they are.
   */
  public Future<Void> start() {
    return progress.start(config.sweepEvery());
  }

  public Endpoints endpoints() {
    return api;
  }

  ManagedRooms managed() {
    return managed;
  }

  SealedRooms sealed() {
    return sealed;
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

  public Future<Optional<Membership>> membership(AccountId account, RoomId room) {
    return index.get(account, room);
  }

  /** By room id; at most {@code max} and one more, which tells that there are more. */
  public Future<List<Membership>> memberships(AccountId account, int max) {
    return index.all(account, max);
  }

  public Future<Optional<RoomHeader>> header(RoomId room) {
    return rows.header(room);
  }

  /** Whether no ticket and no share may be given: the log does not know yet who is out. */
  public boolean isBlocked(RoomId room) {
    return unfinished.isBlocked(room);
  }

  /**
   * Members of managed rooms come back under a new tag with the card their account has now; those
   * whose card is the same stay as they are. In sealed rooms their clients must do it.
   */
  public Future<Void> followCardOf(AccountId account) {
    return index
        .all(account, Integer.MAX_VALUE - 1)
        .compose(
            memberships -> {
              List<Future<Room>> all = new ArrayList<>();
              for (Membership membership : memberships) {
                if (membership.room().trust() == Trust.MANAGED) {
                  all.add(managed.followCard(membership.room(), account));
                }
              }
              return Future.join(all).mapEmpty();
            });
  }

  /** New keys for all rooms of an account, one of whose devices may have been lost. */
  public Future<Void> resetRoomsOf(AccountId account) {
    return desk.resetRoomsOf(account);
  }
}

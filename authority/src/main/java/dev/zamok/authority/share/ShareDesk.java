package dev.zamok.authority.share;

import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.epoch.EpochRows;
import dev.zamok.authority.epoch.Rotation;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.rights.Liveness;
import dev.zamok.authority.rights.Principal;
import dev.zamok.authority.room.Membership;
import dev.zamok.authority.room.Rooms;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands out shares: of epochs from a member's first one on, to present members, of rooms that are
 * not blocked. Prepared epochs are served too.
 *
 * <p>Memberships are looked up again after the shares were read: who lost his in between gets
 * nothing, for the epoch that shuts him out is prepared only after his membership is gone. So is
 * the session, for the epoch that shuts out a revoked one is prepared only after its row says it
 * ended.
 */
final class ShareDesk {
  static final int REKEYS_MAX = 1_000;

  private final Rooms rooms;
  private final EpochRows epochs;
  private final ShareCache cache;
  private final Liveness liveness;

  ShareDesk(Rooms rooms, ShareCache cache, Liveness liveness) {
    this.rooms = rooms;
    this.epochs = rooms.epochs();
    this.cache = cache;
    this.liveness = liveness;
  }

  /** A range of epochs of a room, both ends included. */
  record Wanted(RoomId room, int from, int to) {}

  /** What a member gets of one room. */
  record Served(
      RoomId room, List<AuthorityShare> shares, List<Rekey> rekeys, List<RoomSecret> secrets) {}

  /**
   * Without the rooms of which the account may have nothing. Fails with {@link
   * Problem#UNAUTHENTICATED} when the session ended meanwhile.
   */
  Future<List<Served>> serve(Principal who, Collection<Wanted> wanted, int rekeysMax) {
    List<Future<Optional<Served>>> served = new ArrayList<>();
    wanted.forEach(one -> served.add(serve(who.account(), one, rekeysMax)));
    return Future.all(served)
        .compose(all -> liveness.isLive(who))
        .map(
            live -> {
              if (!live) {
                throw Problem.UNAUTHENTICATED.refusal();
              }
              return served.stream().flatMap(one -> one.result().stream()).toList();
            });
  }

  private Future<Optional<Served>> serve(AccountId who, Wanted wanted, int rekeysMax) {
    return membership(who, wanted.room())
        .compose(
            before -> {
              if (before.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              int from = Math.max(wanted.from(), before.get().firstEpoch());
              return read(wanted.room(), from, wanted.to(), rekeysMax)
                  .compose(
                      served ->
                          membership(who, wanted.room())
                              .map(
                                  after ->
                                      isSame(before.get(), after)
                                          ? Optional.of(served)
                                          : Optional.empty()));
            });
  }

  private static boolean isSame(Membership before, Optional<Membership> after) {
    return after.isPresent() && after.get().firstEpoch() <= before.firstEpoch();
  }

  private Future<Optional<Membership>> membership(AccountId who, RoomId room) {
    return rooms
        .isBlocked(room)
        .compose(
            blocked ->
                blocked ? Future.succeededFuture(Optional.empty()) : rooms.membership(who, room));
  }

  private Future<Served> read(RoomId room, int from, int to, int rekeysMax) {
    int last = (int) Math.min(to, (long) from + rekeysMax - 1);
    int base = Math.max(1, from - Rotation.STEPS_MAX + 1);
    return epochs
        .range(room, base, from - 1)
        .compose(
            before ->
                epochs.range(room, from, last).compose(wanted -> serve(room, before, wanted)));
  }

  private Future<Served> serve(RoomId room, List<Epoch> before, List<Epoch> wanted) {
    List<AuthorityShare> shares = new ArrayList<>();
    List<Rekey> rekeys = new ArrayList<>();
    for (Epoch epoch : wanted) {
      AuthorityShare share = null;
      if (shares.isEmpty()) {
        share = first(before, epoch);
      } else if (epoch.rekey().kind().isReset()) {
        share = epoch.share();
        if (share == null) {
          break;
        }
      }
      if (share != null) {
        shares.add(share);
      }
      if (!shares.isEmpty()) {
        rekeys.add(epoch.rekey());
      }
    }
    return secrets(room, rekeys).map(secrets -> new Served(room, shares, rekeys, secrets));
  }

  /** The share of the first epoch served, derived from the last one that was kept. */
  private @Nullable AuthorityShare first(List<Epoch> before, Epoch epoch) {
    if (epoch.share() != null) {
      return epoch.share();
    }
    return cache.get(
        epoch.rekey().room(),
        epoch.n(),
        () -> {
          AuthorityShare share = null;
          for (Epoch earlier : before) {
            share = next(share, earlier);
          }
          return next(share, epoch);
        });
  }

  private static @Nullable AuthorityShare next(@Nullable AuthorityShare share, Epoch epoch) {
    if (epoch.share() != null) {
      return epoch.share();
    }
    if (share == null || share.n() != epoch.n() - 1 || epoch.rekey().kind().isReset()) {
      return null;
    }
    return share.ratchet(epoch.rekey().hubShare());
  }

  private Future<List<RoomSecret>> secrets(RoomId room, List<Rekey> rekeys) {
    if (room.trust() == Trust.SEALED) {
      return Future.succeededFuture(List.of());
    }
    Set<Integer> generations = new LinkedHashSet<>();
    rekeys.forEach(rekey -> generations.add(rekey.g()));
    List<Future<Optional<RoomSecret>>> reads = new ArrayList<>();
    generations.forEach(g -> reads.add(rooms.secrets().get(room, g)));
    return Future.all(reads)
        .map(
            all -> {
              List<RoomSecret> found = new ArrayList<>();
              reads.forEach(read -> read.result().ifPresent(found::add));
              return found;
            });
  }
}

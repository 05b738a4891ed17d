package dev.zamok.authority.epoch;

import dev.zamok.authority.lease.Leases;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.epoch.Announcement;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.HubShare;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.crypto.epoch.RekeyTerms;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts epochs: a row {@link Epoch.State#PREPARED} in the store, then the rekey in the log under
 * an id that follows from room and epoch, then the row again. Whoever finds a prepared row goes on
 * from there; no step does harm when it is repeated.
 *
 * <p>One call at a time per room: callers queue. Nothing here knows members.
 */
public final class Rotation {
  /** Shares are kept at every so many epochs, so that deriving one never takes more steps. */
  public static final int STEPS_MAX = 128;

  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

  private final EpochRows rows;
  private final RoomLog log;
  private final Leases leases;
  private final SigningKey controlKey;
  private final SecureRandom random;
  private final Clock clock;

  public Rotation(
      EpochRows rows,
      RoomLog log,
      Leases leases,
      SigningKey controlKey,
      SecureRandom random,
      Clock clock) {
    this.rows = rows;
    this.log = log;
    this.leases = leases;
    this.controlKey = controlKey;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Stores the epoch after {@code last}, which must have begun. Its share may be served from then
   * on.
   *
   * @param last null for the first epoch
   * @param dueMillis when it is to begin
   */
  public Future<Epoch> prepare(Basis basis, RekeyKind kind, @Nullable Epoch last, long dueMillis) {
    if (last != null && last.state() == Epoch.State.PREPARED) {
      throw new IllegalStateException("the epoch before it has not begun");
    }
    int n = last == null ? 1 : last.n() + 1;
    HubShare hubShare = HubShare.random(random);
    AuthorityShare share = share(basis.room(), n, kind, last, hubShare);
    RekeyTerms terms =
        new RekeyTerms(
            basis.room(),
            n,
            basis.g(),
            kind,
            hubShare,
            share.check(),
            basis.commit(),
            basis.chain(),
            last == null ? Hash.ZERO : last.rekey().hash());
    Rekey rekey = Rekey.sign(terms, controlKey);
    Epoch epoch = new Epoch(rekey, Epoch.State.PREPARED, dueMillis, Position.ZERO, share, 0);
    return leases.whileHeld(basis.room(), () -> rows.insert(epoch));
  }

  private AuthorityShare share(
      RoomId room, int n, RekeyKind kind, @Nullable Epoch last, HubShare hubShare) {
    if (kind.isReset()) {
      return AuthorityShare.random(room, n, random);
    }
    if (last == null || last.share() == null) {
      throw new IllegalStateException("no share to ratchet from");
    }
    return last.share().ratchet(hubShare);
  }

  /** Tells members that a prepared epoch is coming. */
  public Future<Void> announce(Epoch prepared) {
    RoomId room = prepared.rekey().room();
    int n = prepared.n();
    Announcement announcement = Announcement.sign(room, n, prepared.atMillis(), controlKey);
    Append append =
        Append.announce(
            room, n - 1, leases.token(room), EpochIds.announce(room, n), announcement.encoded());
    return leases.append(log, append).onFailure(failure -> note(room, failure)).mapEmpty();
  }

  /** Appends the rekey of a prepared epoch, and yields the epoch begun. */
  public Future<Epoch> begin(Epoch prepared, Basis basis) {
    RoomId room = prepared.rekey().room();
    int n = prepared.n();
    boolean grace = prepared.rekey().kind() == RekeyKind.TIMED_RESET && n > 1;
    Append append =
        Append.rekey(
            room,
            n,
            grace ? n - 1 : n,
            leases.token(room),
            EpochIds.rekey(room, n),
            prepared.rekey().encoded());
    Epoch.State next = grace ? Epoch.State.GRACE : Epoch.State.SETTLED;
    return leases
        .append(log, append)
        .map(appended -> appended.position())
        .recover(failure -> begunBefore(room, n, failure))
        .compose(position -> rows.update(prepared.begun(next, clock.millis(), position)))
        .compose(begun -> thin(basis, n).map(begun));
  }

  /** The id of a rekey is forgotten with its entry: then the state of the room tells. */
  private Future<Position> begunBefore(RoomId room, int n, Throwable failure) {
    if (!isFenced(failure)) {
      return Future.failedFuture(failure);
    }
    return log.state(room)
        .compose(
            state -> {
              if (state.epoch() >= n) {
                return log.rekeys(room, n - 1, 1).map(found -> position(found, n, state.head()));
              }
              note(room, failure);
              return Future.failedFuture(new Unavailable("the log refused the lease", false));
            });
  }

  private static Position position(java.util.List<Entry> rekeys, int n, Position head) {
    return rekeys.stream()
        .filter(entry -> entry.epoch() == n)
        .map(Entry::position)
        .findFirst()
        .orElse(head);
  }

  /**
   * From here on the log takes nothing of members in this room until its next epoch begins: to be
   * called before it is decided that somebody is out, and followed by an epoch whatever its
   * outcome.
   */
  public Future<Void> hold(RoomId room) {
    return log.state(room)
        .compose(
            state -> {
              int n = state.epoch();
              Append append = Append.hold(room, n, leases.token(room), EpochIds.hold(room, n));
              return state.isHeld()
                  ? Future.<Void>succeededFuture()
                  : leases.append(log, append).<Void>mapEmpty();
            })
        .onFailure(failure -> note(room, failure));
  }

  /** Ends the time in which the epoch before {@code grace} is accepted. */
  public Future<Epoch> close(Epoch grace) {
    RoomId room = grace.rekey().room();
    int n = grace.n();
    Append append = Append.close(room, n, n, leases.token(room), EpochIds.close(room, n));
    return leases
        .append(log, append)
        .<Void>mapEmpty()
        .recover(
            failure ->
                isFenced(failure)
                    ? log.state(room)
                        .compose(
                            state ->
                                state.minEpoch() >= n
                                    ? Future.<Void>succeededFuture()
                                    : Future.<Void>failedFuture(failure))
                    : Future.failedFuture(failure))
        .onFailure(failure -> note(room, failure))
        .compose(v -> rows.update(grace.settled()));
  }

  /**
   * Keeps of the epochs before {@code n} only what is needed to derive their shares, or nothing.
   * Left undone by a crash, it costs a little secrecy that history gives up anyway, or is made up
   * for by the next one.
   */
  private Future<Void> thin(Basis basis, int n) {
    Future<Void> thinned =
        basis.forgets() ? rows.forgetBefore(basis.room(), n) : forgetShare(basis.room(), n - 1);
    return thinned.recover(
        failure -> {
          LOG.warn("shares of room {} before epoch {} stay for now", basis.room(), n, failure);
          return Future.succeededFuture();
        });
  }

  private Future<Void> forgetShare(RoomId room, int n) {
    return rows.get(room, n)
        .compose(
            found -> {
              if (found.isEmpty() || keepsShare(found.get())) {
                return Future.succeededFuture();
              }
              return rows.update(found.get().withoutShare()).mapEmpty();
            });
  }

  private static boolean keepsShare(Epoch epoch) {
    return epoch.share() == null || epoch.rekey().kind().isReset() || epoch.n() % STEPS_MAX == 0;
  }

  static boolean isFenced(Throwable failure) {
    return failure instanceof Rejection rejection && rejection.code() == ErrorCode.FENCED;
  }

  /**
   * Looks at a failure of the log: a refusal although the room is in the state we expect means that
   * the lease is lost.
   */
  public void note(RoomId room, Throwable failure) {
    if (!isFenced(failure)) {
      return;
    }
    rows.newest(room)
        .compose(
            newest -> log.state(room).map(state -> compare(newest.orElse(null), state.epoch())))
        .onSuccess(
            same -> {
              if (same) {
                leases.lost(room);
              }
            });
  }

  private static boolean compare(@Nullable Epoch newest, int epoch) {
    if (newest == null) {
      return epoch == 0;
    }
    return epoch == (newest.state() == Epoch.State.PREPARED ? newest.n() - 1 : newest.n());
  }
}

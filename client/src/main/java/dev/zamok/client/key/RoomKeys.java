package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Serial;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.epoch.ControlKeys;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The epoch keys of one room: the current one, those not closed yet, and on request past ones.
 *
 * <p>A ratchet needs no request; a reset needs its share, fetched before when it was announced.
 * Nothing of a rekey is believed before all of it fits: signature, link to the one before, share,
 * secret, chain. Belongs to the client's loop.
 */
public final class RoomKeys {
  private final RoomId room;
  private final SessionApi authority;
  private final Control control;
  private final SecretSource secrets;
  private final RoomPins pins;
  private final Serial serial = new Serial();
  private final TreeMap<Integer, Live> live = new TreeMap<>();
  private final Map<Integer, SecretBytes> prefetched = new HashMap<>();
  private final PastKeys past;
  private Runnable changed = () -> {};
  private EpochBatch.@Nullable Step current;

  /** A key that is in use, and where its rekey stands in the chain. */
  public record Live(EpochKey key, Rekey rekey, int chainIndex) {}

  public RoomKeys(RoomId room, SessionApi authority, Control control, RoomPins pins) {
    this(room, authority, control, pins, new ManagedSecrets(room, authority));
  }

  /** Of a sealed room. */
  public RoomKeys(
      SessionApi authority,
      Control control,
      RoomPins pins,
      ChainKeeper chains,
      SecretKeeper secrets) {
    this(chains.room(), authority, control, pins, new SealedSecrets(chains, secrets));
  }

  private RoomKeys(
      RoomId room, SessionApi authority, Control control, RoomPins pins, SecretSource secrets) {
    this.room = room;
    this.authority = authority;
    this.control = control;
    this.pins = pins;
    this.secrets = secrets;
    this.past = new PastKeys(room, authority, control, secrets);
  }

  /** 0 before the first. */
  public int epoch() {
    EpochBatch.Step step = current;
    return step == null ? 0 : step.rekey().n();
  }

  /** Null before the first. */
  public @Nullable Live current() {
    return live.get(epoch());
  }

  public @Nullable Live live(int n) {
    return live.get(n);
  }

  /** Whether the authority's word (n, h(R_n)) is what this client has. Fails with TAMPERED. */
  public boolean isAt(int n, Hash rekeyHash) {
    Live known = live.get(n);
    if (known != null && !known.rekey().hash().equals(rekeyHash)) {
      throw ClientProblem.tampered("the authority names another rekey than the hub delivered");
    }
    return epoch() >= n;
  }

  /** Called whenever there is a newer epoch, whoever brought it. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /**
   * Brings the keys up to an epoch by request, and to the newest one seen in earlier runs. Epochs
   * after it are left out: the authority serves some before they are in force.
   *
   * @param epoch what the log is said to be at
   */
  public CompletableFuture<Void> catchUp(int epoch) {
    return step(() -> request(epoch, false));
  }

  /**
   * Brings the keys up to what is in force, when {@code epoch} is not any more. Of an answer that
   * ends with a timed reset this cannot be told, unless nothing else is newer: it is left out.
   */
  public CompletableFuture<Void> catchUpBeyond(int epoch) {
    return step(() -> request(epoch, true));
  }

  /** One step after the other, each telling of what it changed, even if it failed half way. */
  private <T> CompletableFuture<T> step(Supplier<CompletableFuture<T>> work) {
    return serial.run(
        () -> {
          int before = epoch();
          return Futures.guard(work)
              .whenComplete(
                  (done, failure) -> {
                    if (epoch() > before) {
                      changed.run();
                    }
                  });
        });
  }

  private CompletableFuture<Void> request(int epoch, boolean beyond) {
    int before = epoch();
    int from = Math.max(1, current == null ? epoch : before);
    int to = beyond ? Integer.MAX_VALUE : Math.max(from, Math.max(epoch, pins.epoch()));
    return control
        .keys()
        .thenCompose(
            keys ->
                shares(from, beyond ? null : to)
                    .thenCompose(
                        answer -> {
                          secrets.served(answer);
                          List<EpochBatch.Step> steps = EpochBatch.verify(room, keys, answer);
                          return take(beyond ? inForce(steps, epoch) : steps, 0);
                        }))
        .thenCompose(
            done -> {
              // One answer holds a bounded number of epochs.
              boolean more = !beyond && epoch() < to && epoch() > before;
              return more ? request(to, false) : complete();
            });
  }

  private CompletableFuture<Void> complete() {
    if (epoch() == 0) {
      throw ClientProblem.of(Kind.NOT_ALLOWED, "no keys of this room are served");
    }
    if (epoch() < pins.epoch()) {
      throw ClientProblem.tampered("the authority shows an epoch older than one seen before");
    }
    return CompletableFuture.completedFuture(null);
  }

  private static List<EpochBatch.Step> inForce(List<EpochBatch.Step> steps, int stale) {
    int last = steps.size() - 1;
    boolean announced =
        last >= 0
            && steps.get(last).rekey().kind() == RekeyKind.TIMED_RESET
            && steps.get(last).rekey().n() > stale + 1;
    return announced ? steps.subList(0, last) : steps;
  }

  private CompletableFuture<Void> take(List<EpochBatch.Step> steps, int at) {
    if (at == steps.size()) {
      return CompletableFuture.completedFuture(null);
    }
    EpochBatch.Step step = steps.get(at);
    EpochBatch.Step now = current;
    if (now != null && step.rekey().n() <= now.rekey().n()) {
      isAt(step.rekey().n(), step.rekey().hash());
      return take(steps, at + 1);
    }
    if (now != null && at == 0) {
      throw ClientProblem.tampered("a gap between the epochs served");
    }
    return adopt(step).thenCompose(done -> take(steps, at + 1));
  }

  /**
   * Takes a rekey from the log: 0 when it is known already, otherwise the new epoch. Fails with
   * {@code TAMPERED} and the like when it is not to be believed; the keys are unchanged then.
   */
  public CompletableFuture<Integer> rekey(Bytes body) {
    return step(() -> control.keys().thenCompose(keys -> roll(EpochBatch.rekey(room, keys, body))));
  }

  private CompletableFuture<Integer> roll(Rekey rekey) {
    EpochBatch.Step now = current;
    if (now == null || rekey.n() > now.rekey().n() + 1) {
      return request(rekey.n(), false)
          .thenApply(done -> isAt(rekey.n(), rekey.hash()) ? epoch() : 0);
    }
    if (rekey.n() <= now.rekey().n()) {
      isAt(rekey.n(), rekey.hash());
      return CompletableFuture.completedFuture(0);
    }
    if (!rekey.kind().isReset()) {
      return adopt(EpochBatch.next(now, rekey, null)).thenApply(done -> rekey.n());
    }
    SecretBytes early = prefetched.remove(rekey.n());
    if (early != null) {
      try {
        return adopt(EpochBatch.next(now, rekey, early)).thenApply(done -> rekey.n());
      } catch (ClientProblem e) {
        // What was served early was not it: ask again before judging the rekey.
        early.destroy();
      }
    }
    return shares(rekey.n(), rekey.n())
        .thenCompose(
            answer -> {
              secrets.served(answer);
              SecretBytes share =
                  answer.shares().stream()
                      .filter(s -> s.epoch() == rekey.n())
                      .map(Answers.Share::share)
                      .findFirst()
                      .orElse(null);
              return adopt(EpochBatch.next(now, rekey, share));
            })
        .thenApply(done -> rekey.n());
  }

  private CompletableFuture<Void> adopt(EpochBatch.Step step) {
    return secrets
        .forRekey(step.rekey())
        .thenAccept(
            secret -> {
              int index = secrets.chainIndex(step.rekey());
              Live before = current();
              if (before != null && index < before.chainIndex()) {
                throw ClientProblem.tampered("a rekey that goes back in the membership log");
              }
              EpochKey key = EpochKey.derive(step.rekey(), step.share(), secret);
              live.put(step.rekey().n(), new Live(key, step.rekey(), index));
              EpochBatch.Step old = current;
              current = step;
              if (old != null) {
                old.share().destroy();
              }
              pins.pinEpoch(step.rekey().n());
            });
  }

  /** The epochs below {@code n} are closed and complete: their keys go. */
  public void closeBelow(int n) {
    live.headMap(Math.min(n, epoch())).clear();
  }

  /** Fetches the share of a coming epoch; failures do not matter, it is asked for again. */
  public CompletableFuture<Void> prefetch(int n) {
    if (n != epoch() + 1 || prefetched.containsKey(n)) {
      return CompletableFuture.completedFuture(null);
    }
    return shares(n, n)
        .thenAccept(
            answer -> {
              secrets.served(answer);
              answer.shares().stream()
                  .filter(share -> share.epoch() == n && n > epoch())
                  .forEach(share -> prefetched.put(n, share.share()));
            });
  }

  public CompletableFuture<ControlKeys> control() {
    return control.keys();
  }

  /** Keys of past epochs, where history allows. */
  public PastKeys past() {
    return past;
  }

  private CompletableFuture<Answers.Shares> shares(int from, @Nullable Integer to) {
    return authority
        .shares(List.of(new SessionApi.ShareQuery(room, from, to)))
        .thenApply(
            answers ->
                answers.stream()
                    .filter(answer -> answer.room().equals(room))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ClientProblem.of(
                                Kind.NOT_ALLOWED, "the authority serves no keys of this room")));
  }
}

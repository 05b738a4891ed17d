package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.crypto.epoch.ControlKeys;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.protocol.RoomId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keys of past epochs, fetched to read history; at most {@value #EPOCHS_MAX} are kept. Belongs to
 * the client's loop.
 */
public final class PastKeys {
  static final int EPOCHS_MAX = 1_024;

  private final RoomId room;
  private final SessionApi authority;
  private final Control control;
  private final SecretSource secrets;
  private final Map<Integer, RoomKeys.Live> keys =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, RoomKeys.Live> eldest) {
          return size() > EPOCHS_MAX;
        }
      };

  PastKeys(RoomId room, SessionApi authority, Control control, SecretSource secrets) {
    this.room = room;
    this.authority = authority;
    this.control = control;
    this.secrets = secrets;
  }

  public RoomKeys.@Nullable Live key(int n) {
    return keys.get(n);
  }

  /**
   * Fetches the keys of {@code from} to {@code to}; those that this member may not have stay
   * unknown. Fails with {@code TAMPERED} when something does not fit.
   */
  public CompletableFuture<Void> load(int from, int to) {
    int first = Math.max(1, from);
    boolean known = true;
    for (int n = first; n <= to && known; n++) {
      known = keys.containsKey(n);
    }
    if (known || to - first >= EPOCHS_MAX) {
      return CompletableFuture.completedFuture(null);
    }
    return control
        .keys()
        .thenCompose(
            pinned ->
                authority
                    .shares(List.of(new SessionApi.ShareQuery(room, first, to)))
                    .thenCompose(answers -> take(pinned, answers)));
  }

  private CompletableFuture<Void> take(ControlKeys pinned, List<Answers.Shares> answers) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (Answers.Shares answer : answers) {
      if (!answer.room().equals(room)) {
        continue;
      }
      secrets.served(answer);
      for (EpochBatch.Step step : EpochBatch.verify(room, pinned, answer)) {
        done = done.thenCompose(before -> derive(step));
      }
    }
    return done;
  }

  private CompletableFuture<Void> derive(EpochBatch.Step step) {
    return secrets
        .forRekey(step.rekey())
        .thenAccept(
            secret -> {
              EpochKey key = EpochKey.derive(step.rekey(), step.share(), secret);
              int index = secrets.chainIndex(step.rekey());
              keys.put(step.rekey().n(), new RoomKeys.Live(key, step.rekey(), index));
            })
        .exceptionally(
            failure -> {
              // A generation from before this member's time; later ones may be readable.
              if (ClientProblem.is(failure, ClientProblem.Kind.NOT_ALLOWED)) {
                return null;
              }
              throw ClientProblem.in(failure);
            })
        .whenComplete((done, failure) -> step.share().destroy());
  }
}

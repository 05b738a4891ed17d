package dev.zamok.client.key;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.AuthorityApi;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.epoch.ControlKeys;
import dev.zamok.crypto.identity.VerifyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which the authority signs rekeys, pinned when they are seen first. Belongs to the
 * client's loop.
 */
public final class Control {
  private final AuthorityApi authority;
  private final Profile profile;
  private @Nullable CompletableFuture<ControlKeys> keys;

  public Control(AuthorityApi authority, Profile profile) {
    this.authority = authority;
    this.profile = profile;
  }

  /** Fails as {@link AuthorityApi#about} does; the next call then asks again. */
  public CompletableFuture<ControlKeys> keys() {
    CompletableFuture<ControlKeys> current = keys;
    if (current != null && !current.isCompletedExceptionally()) {
      return current;
    }
    List<VerifyKey> pinned = profile.controlKeys();
    CompletableFuture<ControlKeys> asked =
        pinned.isEmpty()
            ? authority.about().thenApply(this::pin)
            : CompletableFuture.completedFuture(ControlKeys.of(pinned));
    keys = asked;
    return asked;
  }

  private ControlKeys pin(Answers.About about) {
    List<VerifyKey> shown = new ArrayList<>();
    for (Answers.ControlKey key : about.controlKeys()) {
      try {
        VerifyKey parsed = VerifyKey.of(key.ed25519());
        if (!parsed.id().equals(key.id())) {
          throw ClientProblem.tampered("a control key under a wrong name");
        }
        shown.add(parsed);
      } catch (CryptoFailure e) {
        throw ClientProblem.tampered("a control key that is none");
      }
    }
    if (shown.isEmpty()) {
      throw ClientProblem.tampered("an authority without control keys");
    }
    profile.pinControlKeys(shown);
    return ControlKeys.of(shown);
  }
}

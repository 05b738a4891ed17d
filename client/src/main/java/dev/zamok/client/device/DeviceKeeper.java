package dev.zamok.client.device;

import dev.zamok.client.authority.AccountApi;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.KeptDevice;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.account.UnlockKey;
import dev.zamok.crypto.account.UnlockSecret;
import dev.zamok.crypto.account.UnlockWrap;
import dev.zamok.protocol.AccountId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the unlocking key of an account on this device, under two halves: one in the profile, one
 * that the server gives to the device's live session alone. Belongs to the client's loop.
 *
 * <p>A change goes in steps that can stop anywhere: the server makes the next half and gives both;
 * the profile holds the key under both; the server is told and gives the new one alone; the profile
 * drops the old one.
 */
public final class DeviceKeeper {
  /** A half that is older is changed at the next start: what was copied before opens no more. */
  public static final Duration CHANGE_AFTER = Duration.ofDays(1);

  /** The name of the refusal when the server's half is not the one that this device knows. */
  public static final String CHANGED = "device-code-changed";

  private final Loop loop;
  private final AccountApi authority;
  private final Profile profile;
  private final SecureRandom random;

  public DeviceKeeper(Loop loop, AccountApi authority, Profile profile, SecureRandom random) {
    this.loop = loop;
    this.authority = authority;
    this.profile = profile;
    this.random = random;
  }

  /** Keeps {@code key} here from now on. */
  public CompletableFuture<Void> keep(KeptDevice.Login login, UnlockKey key) {
    return change(login, List.of(), key);
  }

  /**
   * The key. Fails with {@code LOGGED_OUT} when the session is over, and with {@code REFUSED}
   * ({@link #CHANGED}, {@code not-found}) when the server has no half that fits.
   */
  public CompletableFuture<UnlockKey> open(KeptDevice kept) {
    return authority.deviceCodes().thenApply(codes -> open(kept, codes));
  }

  private static UnlockKey open(KeptDevice kept, List<AccountApi.DeviceCode> codes) {
    for (KeptDevice.Half half : kept.halves()) {
      for (AccountApi.DeviceCode code : codes) {
        // Somebody may have changed one of them: perhaps the other pair still fits.
        Optional<UnlockKey> key = open(kept.login().account(), half, code);
        if (key.isPresent()) {
          return key.get();
        }
      }
    }
    throw ClientProblem.refused(
        Kind.REFUSED,
        CHANGED,
        "the server's half is not the one this device knows: its profile was restored from an older"
            + " copy, or somebody else uses a copy of it",
        0);
  }

  private static Optional<UnlockKey> open(
      AccountId account, KeptDevice.Half half, AccountApi.DeviceCode code) {
    if (half.number() != code.number()) {
      return Optional.empty();
    }
    UnlockSecret secret = UnlockSecret.device(code.code(), half.secret());
    try {
      return Optional.of(half.wrap().open(account, secret));
    } catch (CryptoFailure e) {
      return Optional.empty();
    } finally {
      secret.destroy();
    }
  }

  /** Changes the halves when they are due; what fails is done at the next start. */
  public CompletableFuture<Void> changeWhenDue(KeptDevice kept, UnlockKey key) {
    KeptDevice.Half newest = kept.halves().get(kept.halves().size() - 1);
    boolean due = loop.wallMillis() - newest.madeMillis() >= CHANGE_AFTER.toMillis();
    if (!due && kept.halves().size() == 1) {
      return CompletableFuture.completedFuture(null);
    }
    return kept.halves().size() > 1
        ? settle(kept).thenApply(done -> null)
        : change(kept.login(), kept.halves(), key);
  }

  private CompletableFuture<Void> change(
      KeptDevice.Login login, List<KeptDevice.Half> before, UnlockKey key) {
    return authority
        .newDeviceCode()
        .thenCompose(
            code -> {
              KeptDevice.Half next = half(login, code, key);
              List<KeptDevice.Half> both =
                  before.isEmpty() ? List.of(next) : List.of(before.get(before.size() - 1), next);
              KeptDevice kept = new KeptDevice(login, both);
              profile.keepDevice(kept);
              return settle(kept);
            });
  }

  /** The server gives the newest half alone, then the profile has no other. */
  private CompletableFuture<Void> settle(KeptDevice kept) {
    KeptDevice.Half newest = kept.halves().get(kept.halves().size() - 1);
    return authority
        .confirmDeviceCode(newest.number())
        .thenAccept(done -> profile.keepDevice(new KeptDevice(kept.login(), List.of(newest))));
  }

  private KeptDevice.Half half(KeptDevice.Login login, AccountApi.DeviceCode code, UnlockKey key) {
    SecretBytes own = SecretBytes.random(random, UnlockSecret.DEVICE_SECRET_SIZE);
    UnlockSecret secret = UnlockSecret.device(code.code(), own);
    try {
      UnlockWrap wrap = key.wrap(login.account(), code.number(), secret, random);
      return new KeptDevice.Half(code.number(), loop.wallMillis(), own, wrap);
    } finally {
      secret.destroy();
    }
  }

  /** At the server first: nobody else may have a use of it either. The session goes on. */
  public CompletableFuture<Void> forget() {
    return authority.forgetDevice().thenAccept(done -> profile.forgetDevice());
  }
}

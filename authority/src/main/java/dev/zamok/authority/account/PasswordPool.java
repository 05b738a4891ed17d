package dev.zamok.authority.account;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.password.Password;
import dev.zamok.crypto.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Hashes login passwords on a few threads of their own. Fails with {@link Problem#OVERLOADED} when
 * too many wait: then nothing was hashed.
 *
 * <p>Threads: one event loop. Passwords handed in are zeroed when their hash is done.
 */
final class PasswordPool {
  private static final String NAME = "zamok-password";
  private static final Duration RETRY = Duration.ofSeconds(3);
  private static final long BLOCKED_SECONDS_MAX = 30;

  private final WorkerExecutor executor;
  private final PasswordHasher hasher;
  private final int underWayMax;
  private int underWay;

  PasswordPool(Vertx vertx, AccountConfig.Passwords config, SecureRandom random) {
    this.executor =
        vertx.createSharedWorkerExecutor(
            NAME, config.threads(), BLOCKED_SECONDS_MAX, TimeUnit.SECONDS);
    this.hasher = new PasswordHasher(config.kdf(), random);
    this.underWayMax = config.threads() + config.waitingMax();
  }

  /** A PHC string. */
  Future<String> hash(Password password) {
    return run(password, () -> hasher.hash(password));
  }

  Future<Boolean> verify(Password password, String phc) {
    return run(password, () -> hasher.verify(password, phc));
  }

  /** False, after the work of {@link #verify}. */
  Future<Boolean> verifyNothing(Password password) {
    return run(
        password,
        () -> {
          hasher.verifyNothing(password);
          return false;
        });
  }

  boolean needsRehash(String phc) {
    return hasher.needsRehash(phc);
  }

  Future<Void> close() {
    return executor.close();
  }

  private <T> Future<T> run(Password password, Callable<T> work) {
    if (underWay >= underWayMax) {
      password.destroy();
      return Future.failedFuture(Refusal.retry(Problem.OVERLOADED, RETRY));
    }
    underWay++;
    return executor
        .executeBlocking(work, false)
        .onComplete(
            done -> {
              underWay--;
              password.destroy();
            });
  }
}

package dev.zamok.authority.account;

import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;

/** Told when sessions of an account were ended against the will of who holds them. */
@FunctionalInterface
public interface SessionHook {
  /**
   * The rooms of the account want new keys. Must be safe to repeat: it is called again until it
   * succeeded once.
   */
  Future<Void> revoked(AccountId account);
}

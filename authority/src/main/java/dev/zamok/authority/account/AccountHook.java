package dev.zamok.authority.account;

import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;

/**
 * What follows elsewhere from changes of an account. Each call must be safe to repeat: it is made
 * again until it succeeded once.
 */
public interface AccountHook {
  /**
   * Sessions were ended against the will of who holds them: the rooms of the account want new keys.
   */
  Future<Void> sessionsRevoked(AccountId account);

  /** The card has a successor: whoever pinned the old one must learn of the new one. */
  Future<Void> cardReplaced(AccountId account);
}

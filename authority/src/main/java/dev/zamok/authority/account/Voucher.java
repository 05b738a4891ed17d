package dev.zamok.authority.account;

import dev.zamok.authority.http.Refusal;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;

/**
 * Lets one person make one account where registration is closed. Whatever is wrong with it, it
 * fails with the same {@link Refusal}.
 */
public interface Voucher {
  /** What the audit knows it by: identifiers alone. */
  Bytes name();

  /** Whether it is good now, before anything costly is done for it. */
  Future<Void> check();

  /**
   * Uses it up for this account. Of two at once exactly one goes through. It may be used up, too,
   * where the store did not say what became of it.
   */
  Future<Void> use(AccountId account);

  /** Makes it good again: only by who used it, and only where surely no account came of it. */
  Future<Void> giveBack(AccountId account);
}

package dev.zamok.authority.room;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** What rooms ask about accounts. Unknown ones are left out of the answers. */
public interface People {
  /** Of any card an account ever had. */
  Future<Map<Fingerprint, Person>> byFingerprints(Collection<Fingerprint> fingerprints);

  /** With their current cards. */
  Future<Map<AccountId, Person>> byAccounts(Collection<AccountId> accounts);
}

package dev.zamok.authority.room;

import dev.zamok.authority.TestMember;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts in memory. */
public final class Town implements People {
  private final SecureRandom random = new SecureRandom();
  private final Map<AccountId, Person> people = new ConcurrentHashMap<>();

  public TestMember join(String login) {
    TestMember member = TestMember.make(login, random);
    people.put(member.account(), member.person());
    return member;
  }

  @Override
  public Future<Map<Fingerprint, Person>> byFingerprints(Collection<Fingerprint> fingerprints) {
    Map<Fingerprint, Person> found = new HashMap<>();
    for (Person person : people.values()) {
      if (fingerprints.contains(person.card().fingerprint())) {
        found.put(person.card().fingerprint(), person);
      }
    }
    return Future.succeededFuture(found);
  }

  @Override
  public Future<Map<AccountId, Person>> byAccounts(Collection<AccountId> accounts) {
    Map<AccountId, Person> found = new HashMap<>(people);
    found.keySet().retainAll(accounts);
    return Future.succeededFuture(found);
  }
}

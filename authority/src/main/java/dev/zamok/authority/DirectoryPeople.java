package dev.zamok.authority;

import dev.zamok.authority.account.Directory;
import dev.zamok.authority.account.KnownCard;
import dev.zamok.authority.room.People;
import dev.zamok.authority.room.Person;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What rooms ask about accounts, answered by the directory. */
final class DirectoryPeople implements People {
  private final Directory directory;

  DirectoryPeople(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Future<Map<Fingerprint, Person>> byFingerprints(Collection<Fingerprint> fingerprints) {
    return directory
        .byFingerprints(fingerprints)
        .map(found -> byKey(found, known -> known.card().fingerprint()));
  }

  @Override
  public Future<Map<AccountId, Person>> byAccounts(Collection<AccountId> accounts) {
    return directory
        .byAccounts(accounts)
        .map(found -> byKey(found, known -> known.profile().account()));
  }

  private static <K> Map<K, Person> byKey(List<KnownCard> found, Function<KnownCard, K> key) {
    Map<K, Person> people = new HashMap<>();
    for (KnownCard known : found) {
      people.put(
          key.apply(known),
          new Person(
              known.profile().account(), known.profile().login(), known.card(), known.current()));
    }
    return people;
  }
}
